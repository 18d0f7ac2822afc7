// Stands before the script of a worker: every token of an answer takes its time, as on a slow machine.
{
  const { postMessage } = self;
  self.postMessage = (reply) => {
    const until = performance.now() + (reply.event?.type === 'token' ? 100 : 0);
    while (performance.now() < until);
    postMessage.call(self, reply);
  };
}
