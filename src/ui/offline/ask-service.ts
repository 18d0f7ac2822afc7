import type { ServiceFailure, ServiceReplies, ServiceRequest } from '../../protocol/service-messages.ts';

/** Sends one request to a service worker and waits for its answer. @throws Error where it has none */
export function askService<T extends ServiceRequest>(
  service: ServiceWorker,
  request: T,
): Promise<ServiceReplies[T['type']]> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<ServiceReplies[T['type']] | ServiceFailure>) => {
      port1.close();
      if ('failed' in data) reject(new Error(data.failed));
      else resolve(data);
    };
    service.postMessage(request, [port2]);
  });
}
