import { parseConfig } from '../kosmos2/config.ts';
import { JSON_FILES, MANIFEST_FILE, MAX_MANIFEST_BYTES, parseManifest } from '../package/manifest.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import type { ModelInspection } from '../protocol/inspection.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import { remotePackage } from '../storage/remote-package.ts';
import { requestAdapter } from './browser-backend.ts';
import { type DeviceFacts, gpuFits, judgeDevice } from './judge-device.ts';
import { requirementsOf } from './requirements.ts';

/**
 * Looks at a hosted package before it is fetched: two small files say what it is and what its graphs will need.
 * @param url address of its folder
 * @throws AppError OPTION_INVALID, PACKAGE_VERSION_UNKNOWN, PACKAGE_MANIFEST_INVALID, PACKAGE_FILE_MISSING,
 * PACKAGE_FILE_INVALID, PACKAGE_FETCH_FAILED; Kosmos2Error CONFIG_INVALID
 */
export async function inspectModel(url: string, choice: BackendChoice, signal?: AbortSignal): Promise<ModelInspection> {
  const files = remotePackage(url);
  const read = async (name: string, maxBytes: number) =>
    parseJsonObject(name, await files.read(name, { maxBytes, signal }));
  const manifest = parseManifest(await read(MANIFEST_FILE, MAX_MANIFEST_BYTES));
  const config = parseConfig(await read('config.json', JSON_FILES['config.json']));
  const adapter = choice === 'wasm' ? null : await requestAdapter();
  const activation = adapter?.features.has('shader-f16') ? 'f16' : 'f32';
  const facts = await deviceFacts(adapter);
  const onGpu = requirementsOf(config, manifest, { device: 'webgpu', activation });
  const onHost = requirementsOf(config, manifest, { device: 'wasm', activation: 'f32' });
  const gpu = gpuFits(facts.gpu, onGpu);
  const { name, description, licence, scheme, source } = manifest;
  return {
    name,
    description,
    licence,
    scheme,
    repository: source.repository,
    bytes: onGpu.packageBytes,
    runsOn: gpu ? 'webgpu' : 'wasm',
    deviceBytes: (gpu ? onGpu : onHost).deviceBytes,
    free: facts.free,
    verdicts: judgeDevice(facts, onGpu, onHost),
  };
}

async function deviceFacts(adapter: GPUAdapter | null): Promise<DeviceFacts> {
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  // Browsers refuse to tell outside of secure pages.
  const estimate = await navigator.storage?.estimate().catch(() => null);
  const { quota, usage = 0 } = estimate ?? {};
  return {
    gpu: adapter?.limits ?? null,
    memory: deviceMemory === undefined ? null : deviceMemory * 2 ** 30,
    free: quota === undefined ? null : Math.max(0, quota - usage),
  };
}
