/// <reference lib="webworker" />
import type { PrecacheEntry } from 'workbox-precaching/_types';
import { ISOLATION_HEADERS } from '../hosting/content-security-policy.ts';
import { serveOffline } from '../src/service/serve-offline.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };
declare const __CONTENT_SECURITY_POLICY__: string;

serveOffline(self, self.__WB_MANIFEST, { isolation: ISOLATION_HEADERS, policy: __CONTENT_SECURITY_POLICY__ });
