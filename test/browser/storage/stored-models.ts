import { afterAll, beforeEach } from 'vitest';
import { createEngine } from '../../../src/index.ts';
import { createImporterClient, type ImporterClient } from '../../../src/protocol/importer-client.ts';

export const demo = { kind: 'site', url: new URL('/models/demo/', location.href).href } as const;

const open: ImporterClient[] = [];

/** A worker of its own, as every window has one. */
export function newImporter(
  createWorker = () => new Worker(new URL('../../../workers/importer.ts', import.meta.url), { type: 'module' }),
): ImporterClient {
  const client = createImporterClient(createWorker);
  open.push(client);
  return client;
}

/** One that cannot be done before it is stopped. */
export const heldImporter = () =>
  newImporter(() => new Worker(new URL('./held-importer.js', import.meta.url), { type: 'module' }));

export const models = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models', { create: true });

export async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
}

export const fileNames = async (model: string) => namesIn(await (await models()).getDirectoryHandle(model));

/** An empty folder as a person may choose one. */
export async function chosenFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('chosen', { recursive: true }).catch(() => undefined);
  return root.getDirectoryHandle('chosen', { create: true });
}

export async function put(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}

/** Changes one byte of a stored file, by default that in its middle. */
export async function damage(model: string, name: string, at?: number): Promise<void> {
  const handle = await (await (await models()).getDirectoryHandle(model)).getFileHandle(name);
  const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  const place = at ?? bytes.length >> 1;
  bytes[place] = (bytes[place] ?? 0) ^ 255;
  const stream = await handle.createWritable();
  await stream.write(bytes);
  await stream.close();
}

/** When a stored file was written last. */
export async function writtenAt(model: string, name: string): Promise<number> {
  const handle = await (await (await models()).getDirectoryHandle(model)).getFileHandle(name);
  return (await handle.getFile()).lastModified;
}

/** Makes a stored file look as though nobody had written to it since it was opened: a disk does not tell what it loses. */
export async function hideChange(model: string, name: string): Promise<void> {
  const folder = await (await models()).getDirectoryHandle(model);
  const { lastModified } = await (await folder.getFileHandle(name)).getFile();
  const noted = JSON.parse(await (await (await folder.getFileHandle('checked.json')).getFile()).text());
  await put(folder, 'checked.json', JSON.stringify({ ...noted, [name]: { ...noted[name], modified: lastModified } }));
}

export async function openOnce(model: string): Promise<void> {
  const engine = createEngine();
  await engine.open(`stored:${model}`, { backend: 'wasm' });
  engine.dispose();
}

export const SHARD = 'model-00001-of-00001.safetensors';

async function deleteAll(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('kosmos2-models', { recursive: true }).catch(() => undefined);
}

/** Every test of a file begins with nothing stored; in the end its workers are gone, and all they have left. */
export function beginWithNothing(): void {
  beforeEach(deleteAll);
  afterAll(async () => {
    for (const client of open) client.dispose();
    await deleteAll();
  });
}

async function fetchFiles(folder: string, names: readonly string[]): Promise<File[]> {
  return Promise.all(names.map(async (name) => new File([await (await fetch(`${folder}${name}`)).blob()], name)));
}

const JSONS = [
  'config.json',
  'preprocessor_config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];

export const demoFiles = () => fetchFiles('/models/demo/', [...JSONS, SHARD, 'manifest.json']);
export const checkpoint = new URL('/test/fixtures/reference/random-f32/', location.href).href;
export const checkpointFiles = () => fetchFiles(checkpoint, [...JSONS, 'model.safetensors']);
