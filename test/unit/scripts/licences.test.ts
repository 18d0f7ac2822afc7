import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { licencesText } from '../../../hosting/licences.ts';

it('the built page brings the licence of everything in it', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  const text = licencesText(process.cwd());
  // What they need counts too.
  for (const name of [...Object.keys(dependencies), 'onnxruntime-common', 'scheduler', 'workbox-core']) {
    const part = text.split('='.repeat(80)).find((one) => one.trim().startsWith(`${name} `));
    expect(part?.length, name).toBeGreaterThan(500);
  }
  expect(text).toContain('Microsoft, [Kosmos-2');
});
