import type { Reply, Request } from '../src/protocol/messages.ts';
import { startWorker } from './start-worker.ts';

startWorker<Request, Reply>(async () => {
  const { holdLifeLock, serve } = await import('../src/runtime/serve.ts');
  return (port) => {
    serve(port);
    holdLifeLock().then((lock) => port.post({ type: 'hello', lock }));
  };
});
