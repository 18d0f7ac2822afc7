import type { ServiceReplies, ServiceRequest } from '../../protocol/service-messages.ts';

/** Sends one request to a service worker and waits for its answer. */
export function askService<T extends ServiceRequest>(
  service: ServiceWorker,
  request: T,
): Promise<ServiceReplies[T['type']]> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<ServiceReplies[T['type']]>) => {
      port1.close();
      resolve(data);
    };
    service.postMessage(request, [port2]);
  });
}
