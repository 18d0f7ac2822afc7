import type { InspectionSource, ModelChoice, ModelInspection } from '../protocol/inspection.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import { requestAdapter } from '../protocol/request-adapter.ts';
import { missingRoom } from '../storage/make-room.ts';
import { findModel, officialModel, type SchemeSize } from './find-model.ts';
import { type DeviceFacts, gpuFits, judgeDevice } from './judge-device.ts';
import { requirementsOf } from './requirements.ts';

/**
 * Looks at a model before it is fetched: a few small files say what it is and what its graphs will need. Of the official
 * model all of it is known.
 * @throws AppError OPTION_INVALID, CHECKPOINT_DENIED, PACKAGE_VERSION_UNKNOWN, PACKAGE_MANIFEST_INVALID,
 * PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID, PACKAGE_WEIGHT_INVALID, PACKAGE_FETCH_FAILED; Kosmos2Error CONFIG_INVALID;
 * TensorError
 */
export async function inspectModel(
  source: InspectionSource,
  choice: BackendChoice,
  signal?: AbortSignal,
): Promise<ModelInspection> {
  const [{ config, sizes, ...model }, adapter] = await Promise.all([
    source.kind === 'official' ? officialModel() : findModel(source, signal),
    choice === 'wasm' ? null : requestAdapter(),
  ]);
  const facts = await deviceFacts(adapter, Math.max(...sizes.map(({ bytes }) => bytes)));
  // The browser, which alone is asked about the official model, does not notice.
  signal?.throwIfAborted();
  const activation = choice !== 'auto-f32' && adapter?.features.has('shader-f16') ? 'f16' : 'f32';
  const judge = ({ scheme, identity, ...size }: SchemeSize): ModelChoice => {
    const onGpu = requirementsOf(config, size, { device: 'webgpu', activation });
    const onHost = requirementsOf(config, size, { device: 'wasm', activation: 'f32' });
    const runsOn = gpuFits(facts.gpu, onGpu) ? 'webgpu' : 'wasm';
    const { deviceBytes } = runsOn === 'webgpu' ? onGpu : onHost;
    const verdicts = judgeDevice(facts, onGpu, onHost, 'unstored');
    const whenStored = judgeDevice(facts, onGpu, onHost, 'stored');
    return { scheme, identity, bytes: size.bytes, runsOn, deviceBytes, verdicts, whenStored };
  };
  const [first, ...others] = sizes;
  const { free, memory } = facts;
  return { ...model, choices: [judge(first), ...others.map(judge)], free, memory };
}

/** @param wanted bytes to be stored */
async function deviceFacts(adapter: GPUAdapter | null, wanted: number): Promise<DeviceFacts> {
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  // Browsers refuse to tell outside of secure pages.
  const estimate = await navigator.storage?.estimate().catch(() => null);
  const { quota, usage = 0 } = estimate ?? {};
  // What a browser says may be a round number; what does not fit is known.
  const missing = await missingRoom(wanted).catch(() => 0);
  const told = quota === undefined ? null : Math.max(0, quota - usage);
  return {
    gpu: adapter?.limits ?? null,
    memory: deviceMemory === undefined ? null : deviceMemory * 2 ** 30,
    free: missing > 0 ? wanted - missing : told,
  };
}
