import { vi } from 'vitest';

const { waitFor } = vi;

// What is waited for may come through Vite's server, from a database or a worker; the default of a second is for none of them.
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: 30_000, ...options });
