// Runs in the page: asks one of its workers and keeps what comes back, for the script outside to look at.
globalThis.rehearsal = { progress: [], started: 0, worker: null };

/** @returns the reply that ends the request */
globalThis.callWorker = (url, request) => {
  const { rehearsal } = globalThis;
  rehearsal.started = performance.now();
  rehearsal.progress = [];
  rehearsal.worker ??= new Worker(url, { type: 'module' });
  return new Promise((resolve) => {
    rehearsal.worker.onerror = ({ message }) => resolve({ type: 'failed', error: { message } });
    rehearsal.worker.onmessage = ({ data }) => {
      if (data.id !== request.id) return;
      const done = !['progress', 'waiting', 'open-progress', 'generation'].includes(data.type);
      const reply = { ...data, at: performance.now() - rehearsal.started };
      if (done) resolve(reply);
      else rehearsal.progress.push(reply);
    };
    rehearsal.worker.postMessage(request);
  });
};

/** @returns text of a file of a stored model */
globalThis.readStored = async (model, name) => {
  const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models');
  const handle = await (await models.getDirectoryHandle(model)).getFileHandle(name);
  return (await handle.getFile()).text();
};
