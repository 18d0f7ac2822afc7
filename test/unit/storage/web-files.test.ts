import { afterEach, expect, test } from 'vitest';
import { webFiles } from '../../../src/storage/web-files.ts';
import { type Fault, type HubServer, startHubServer } from '../../support/hub-server.ts';

const name = 'model-00001-of-00001.safetensors';
const bytes = new Uint8Array(300_000).map((_, at) => at % 251);
let server: HubServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

test.each<Fault>(['cut', 'stalled'])(
  'a file of another site comes whole over a connection that is %s',
  async (wrong) => {
    server = await startHubServer({
      files: new Map([[name, bytes]]),
      fault: (request) => (request < 3 ? wrong : null),
    });
    const files = webFiles(`${server.site}/`, 1, 300);
    expect(await files.read(name, { maxBytes: bytes.length })).toEqual(bytes);
    expect(server.blobRequests.some(({ headers }) => headers.range)).toBe(true);
  },
);
