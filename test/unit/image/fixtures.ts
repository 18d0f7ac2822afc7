import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { RgbImage } from '../../../src/runtime/image/pixels.ts';

export const reference = new URL('../../fixtures/reference/', import.meta.url);

export function readReferenceJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, reference), 'utf8')) as T;
}

/** Pixels of a reference picture as RGB; sharp decodes PNG exactly, and a gray file gets three equal channels. */
export async function readReferenceImage(path: string): Promise<RgbImage> {
  const { data, info } = await sharp(readFileSync(new URL(path, reference)))
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** Seconds of processor time this process has used since `started`. */
export function processorSeconds(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
