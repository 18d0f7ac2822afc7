/// <reference lib="webworker" />
import type { PrecacheEntry } from 'workbox-precaching/_types';
import { ISOLATION_HEADERS } from '../hosting/content-security-policy.ts';
import { countSent, type SentMessage } from '../src/protocol/count-sent.ts';
import { serveOffline } from '../src/service/serve-offline.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };
declare const __CONTENT_SECURITY_POLICY__: string;

countSent(self, (bytes) => {
  void self.clients.matchAll({ type: 'window' }).then((windows) => {
    for (const window of windows) window.postMessage({ type: 'sent', bytes } satisfies SentMessage);
  });
});
serveOffline(self, self.__WB_MANIFEST, { isolation: ISOLATION_HEADERS, policy: __CONTENT_SECURITY_POLICY__ });
