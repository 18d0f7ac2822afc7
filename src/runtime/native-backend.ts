import type { GraphTarget } from '../graph/onnx-graph.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';
import type { Backend } from './backend.ts';
import type { BackendMaker } from './open-engine.ts';
import type { Ort, Provider } from './ort.ts';
import { probeMilliseconds } from './probe-device.ts';

/** Devices that onnxruntime-node can run on; which of them there are depends on its build and the machine. */
export const NATIVE_DEVICES = ['cuda', 'webgpu', 'cpu', 'coreml', 'dml'] as const;
export type NativeDevice = (typeof NATIVE_DEVICES)[number];

/** What `auto` tries, in order. CoreML and DirectML lack some of the operators: they have to be asked for. */
const AUTO: readonly NativeDevice[] = ['cuda', 'webgpu', 'cpu'];

const NAMES: Readonly<Record<NativeDevice, string>> = {
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  cpu: 'CPU',
  coreml: 'CoreML',
  dml: 'DirectML',
};

/**
 * The ways to run on `device` through onnxruntime-node: on a GPU float16, then float32.
 * @param threads of the CPU, which also runs what a GPU has no operator for
 */
export function nativeBackends(ort: Ort, device: NativeDevice, threads: number): BackendMaker[] {
  return targetsOf(device).map((target) => async () => {
    try {
      await probeMilliseconds(ort, device);
    } catch (thrown) {
      throw notStarted(device, thrown);
    }
    return nativeBackend(ort, device, target, threads);
  });
}

/**
 * The ways to run on the best device, in order. A GPU that multiplies more slowly than the CPU is none: a software adapter
 * starts as well as a real one, and nothing else tells them apart.
 */
export function bestNativeBackends(ort: Ort, threads: number): BackendMaker[] {
  return AUTO.flatMap((device) =>
    targetsOf(device).map((target) => async () => {
      if (device !== 'cpu') await outrunCpu(ort, device);
      return nativeBackend(ort, device, target, threads);
    }),
  );
}

async function outrunCpu(ort: Ort, device: NativeDevice): Promise<void> {
  const [cpu, other] = [await probeMilliseconds(ort, 'cpu'), await probeMilliseconds(ort, device)];
  if (other < cpu) return;
  throw new AppError('RUNTIME_FAILED', `${NAMES[device]} is slower here than the CPU, so it is no GPU.`, {
    cpu,
    other,
  });
}

function targetsOf(device: NativeDevice): GraphTarget[] {
  // CoreML takes float32 nodes out of a graph for the CPU and leaves it the others.
  if (device === 'cpu' || device === 'coreml') return [{ device: 'cpu', activation: 'f32' }];
  return [
    { device: 'webgpu', activation: 'f16' },
    { device: 'webgpu', activation: 'f32' },
  ];
}

function nativeBackend(ort: Ort, device: NativeDevice, target: GraphTarget, threads: number): Backend {
  const words = threads === 1 ? '1 thread' : `${threads} threads`;
  return {
    ort,
    device: null,
    providers: providersOf(device),
    target,
    native: {
      options: { intraOpNumThreads: threads, logSeverityLevel: 4 },
      inPlace: device === 'cpu',
    },
    info: {
      kind: 'native',
      adapter: device === 'cpu' ? `CPU, ${words}` : `${NAMES[device]}, ${target.activation}`,
      activation: target.activation,
      build: 'node',
      wasm: null,
      fallbackReason: null,
    },
  };
}

function providersOf(device: NativeDevice): readonly Provider[] {
  return device === 'cpu' ? ['cpu'] : [device as Provider, 'cpu'];
}

function notStarted(device: NativeDevice, thrown: unknown): AppError {
  const words = reasonOf(thrown);
  return new AppError(
    'RUNTIME_FAILED',
    `The device "${device}" does not start here (${words.split('\n')[0]?.slice(0, 200)}). Choose another one, or leave the choice to "auto".`,
    { device },
    thrown,
  );
}
