import { type Spread, spreadOf } from './measure.ts';

/** What a device does at its best, by kernels of our own. */
export interface Ceiling {
  readonly time: Spread;
  /** Bytes read and written by one run, or its floating-point operations. */
  readonly amount: number;
}

/** A run shorter than this says more about the queue than about the device, in milliseconds. */
const LONG_ENOUGH = 20;
const COPY_BYTES = 64 * 2 ** 20;
/** Rows of the matrices: a large product keeps a fast device busy, and takes a slow one seconds. */
const SMALLEST_PRODUCT = 256;
const LARGEST_PRODUCT = 2048;
/** Threads of a workgroup along each axis, and numbers each computes along each axis. */
const THREADS = 16;
const EACH = 4;
const TILE = THREADS * EACH;

const COPY_SHADER = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = group.x * 1024u + thread;
  for (var i = 0u; i < 4u; i++) { target_[first + i * 256u] = source[first + i * 256u]; }
}`;

/** How fast the device reads and writes its memory: one array copied into another. */
export async function copyCeiling(device: GPUDevice, runs: number): Promise<Ceiling> {
  const usage = GPUBufferUsage.STORAGE;
  const buffers = [0, 1].map(() => device.createBuffer({ size: COPY_BYTES, usage }));
  const kernel = makeKernel(device, COPY_SHADER, buffers);
  const { time, repeats } = await timed(runs, (times) => kernel(times, COPY_BYTES / (16 * 1024), 1));
  for (const buffer of buffers) buffer.destroy();
  return { time, amount: repeats * 2 * COPY_BYTES };
}

/**
 * Shader of a product of two square matrices: every workgroup brings a strip of both into its own memory, every thread keeps
 * 4 x 4 sums in registers.
 */
export function productShader(size: number, type: 'f32' | 'f16'): string {
  return `${type === 'f16' ? 'enable f16;' : ''}
@group(0) @binding(0) var<storage, read> a: array<${type}>;
@group(0) @binding(1) var<storage, read> b: array<${type}>;
@group(0) @binding(2) var<storage, read_write> product: array<${type}>;
var<workgroup> strip_a: array<${type}, ${TILE * THREADS}>;
var<workgroup> strip_b: array<${type}, ${TILE * THREADS}>;
@compute @workgroup_size(${THREADS}, ${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let thread = local.y * ${THREADS}u + local.x;
  var sums: array<array<${type}, ${EACH}>, ${EACH}>;
  for (var k = 0u; k < ${size}u; k += ${THREADS}u) {
    for (var i = thread; i < ${TILE * THREADS}u; i += ${THREADS * THREADS}u) {
      strip_a[i] = a[(group.y * ${TILE}u + i / ${THREADS}u) * ${size}u + k + i % ${THREADS}u];
      strip_b[i] = b[(k + i / ${TILE}u) * ${size}u + group.x * ${TILE}u + i % ${TILE}u];
    }
    workgroupBarrier();
    for (var inner = 0u; inner < ${THREADS}u; inner++) {
      for (var row = 0u; row < ${EACH}u; row++) {
        let left = strip_a[(local.y * ${EACH}u + row) * ${THREADS}u + inner];
        for (var column = 0u; column < ${EACH}u; column++) {
          sums[row][column] += left * strip_b[inner * ${TILE}u + column * ${THREADS}u + local.x];
        }
      }
    }
    workgroupBarrier();
  }
  for (var row = 0u; row < ${EACH}u; row++) {
    for (var column = 0u; column < ${EACH}u; column++) {
      let at = (group.y * ${TILE}u + local.y * ${EACH}u + row) * ${size}u;
      product[at + group.x * ${TILE}u + column * ${THREADS}u + local.x] = sums[row][column];
    }
  }
}`;
}

/**
 * How fast the device multiplies: a product of two matrices in the model's own type, as large as it takes to keep the device
 * busy for a while.
 */
export async function productCeiling(device: GPUDevice, type: 'f32' | 'f16', runs: number): Promise<Ceiling> {
  let ceiling: Ceiling;
  let size = SMALLEST_PRODUCT / 2;
  do {
    size *= 2;
    const bytes = size * size * (type === 'f16' ? 2 : 4);
    const buffers = [0, 1, 2].map(() => device.createBuffer({ size: bytes, usage: GPUBufferUsage.STORAGE }));
    const kernel = makeKernel(device, productShader(size, type), buffers);
    const { time, repeats } = await timed(runs, (times) => kernel(times, size / TILE, size / TILE));
    for (const buffer of buffers) buffer.destroy();
    ceiling = { time, amount: repeats * 2 * size ** 3 };
    if (repeats === 1) break;
  } while (size < LARGEST_PRODUCT);
  return ceiling;
}

/** Runs a shader over buffers `times` times in a row. */
function makeKernel(device: GPUDevice, code: string, buffers: readonly GPUBuffer[]) {
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  return async (times: number, x: number, y: number): Promise<void> => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let i = 0; i < times; i++) pass.dispatchWorkgroups(x, y);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
  };
}

/** Times a kernel over as many repeats in a row as make a run long enough; they are found out by doubling. */
async function timed(
  runs: number,
  run: (repeats: number) => Promise<void>,
): Promise<{ time: Spread; repeats: number }> {
  const once = async (repeats: number) => {
    const started = performance.now();
    await run(repeats);
    return performance.now() - started;
  };
  await run(1);
  let repeats = 1;
  while ((await once(repeats)) < LONG_ENOUGH && repeats < 4096) repeats *= 2;
  const durations: number[] = [];
  for (let i = 0; i < runs; i++) durations.push(await once(repeats));
  return { time: spreadOf(durations), repeats };
}
