import { expect, it } from 'vitest';
import { productShader } from '../../src/runtime/bench/gpu-ceilings.ts';

const SIZE = 128;

it('the kernel that measures matrix throughput multiplies matrices', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter?.requestDevice();
  if (!device) throw new Error('There is no WebGPU here.');
  const values = (seed: number) => Float32Array.from({ length: SIZE * SIZE }, (_, i) => ((i * seed) % 17) - 8);
  const [a, b] = [values(7), values(11)];
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const buffers = [a, b, a].map(({ byteLength }) =>
    device.createBuffer({ size: byteLength, usage: STORAGE | COPY_DST | COPY_SRC }),
  ) as [GPUBuffer, GPUBuffer, GPUBuffer];
  device.queue.writeBuffer(buffers[0], 0, a);
  device.queue.writeBuffer(buffers[1], 0, b);
  const module = device.createShaderModule({ code: productShader(SIZE, 'f32') });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(SIZE / 64, SIZE / 64);
  pass.end();
  const fetched = device.createBuffer({ size: a.byteLength, usage: MAP_READ | COPY_DST });
  encoder.copyBufferToBuffer(buffers[2], 0, fetched, 0, a.byteLength);
  device.queue.submit([encoder.finish()]);
  await fetched.mapAsync(GPUMapMode.READ);
  const product = new Float32Array(fetched.getMappedRange());
  // Whole numbers this small are exact in float32, in any order of adding.
  const expected = Float32Array.from({ length: SIZE * SIZE }, (_, at) => {
    const [row, column] = [Math.floor(at / SIZE), at % SIZE];
    let sum = 0;
    for (let k = 0; k < SIZE; k++) sum += (a[row * SIZE + k] ?? 0) * (b[k * SIZE + column] ?? 0);
    return sum;
  });
  expect(product).toEqual(expected);
  device.destroy();
});
