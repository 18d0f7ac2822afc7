/**
 * Our own shader, because onnxruntime's TopK sorts the whole row: 136 dispatches for 65,037 logits, where the decoder of
 * the full model has about 300. One workgroup reads them a few times; they lie in the GPU's cache.
 *
 * Numbers are compared as integers in the same order, for WGSL lets a shader take it that there is neither NaN nor infinity.
 */

/** Ids that are asked for, and those there is room for: many can equal the least of them. */
export const LARGEST = 128;
export const MOST_IDS = 256;
/** Best id, its logit, both sums, how many logits are no numbers, how many ids were found. */
export const HEADER_WORDS = 8;
export const RESULT_WORDS = HEADER_WORDS + 2 * MOST_IDS;
/** Logit of what a rule forbids: its exponential is 0, and it is finite. */
export const LOWEST = -3.4028234663852886e38;

export const selectionShader = /* wgsl */ `
struct Parameters { size: u32, inverseTemperature: f32 }
struct Result {
  best: u32, max: f32, total: f32, totalAtTemperature: f32,
  unusable: u32, count: atomic<u32>, spare0: u32, spare1: u32,
  ids: array<u32, ${MOST_IDS}>, logits: array<u32, ${MOST_IDS}>
}
@group(0) @binding(0) var<storage, read> logits: array<u32>;
@group(0) @binding(1) var<uniform> parameters: Parameters;
@group(0) @binding(2) var<storage, read_write> result: Result;

const threads = 256u;
var<workgroup> keys: array<u32, threads>;
var<workgroup> places: array<u32, threads>;
var<workgroup> sums: array<vec2f, threads>;
var<workgroup> unusable: atomic<u32>;
var<workgroup> bins: array<atomic<u32>, 256>;
var<workgroup> least: u32;
var<workgroup> missing: u32;

// A larger number has a larger key; 0 and -0 have the same.
fn keyOf(bits: u32) -> u32 {
  if (bits == 0x80000000u) { return 0x80000000u; }
  return select(bits | 0x80000000u, ~bits, bits > 0x80000000u);
}

fn isFiniteNumber(bits: u32) -> bool { return (bits & 0x7f800000u) != 0x7f800000u; }

@compute @workgroup_size(threads)
fn summarize(@builtin(local_invocation_index) thread: u32) {
  var key = 0u;
  var place = 0u;
  var bad = 0u;
  for (var id = thread; id < parameters.size; id += threads) {
    let bits = logits[id];
    if (!isFiniteNumber(bits)) { bad += 1u; continue; }
    if (keyOf(bits) > key) { key = keyOf(bits); place = id; }
  }
  keys[thread] = key;
  places[thread] = place;
  atomicAdd(&unusable, bad);
  workgroupBarrier();
  for (var half = threads / 2u; half > 0u; half /= 2u) {
    if (thread < half) {
      let other = thread + half;
      let isFirst = keys[other] == keys[thread] && places[other] < places[thread];
      if (keys[other] > keys[thread] || isFirst) { keys[thread] = keys[other]; places[thread] = places[other]; }
    }
    workgroupBarrier();
  }
  let best = places[0];
  let max = bitcast<f32>(logits[best]);
  var sum = vec2f(0);
  for (var id = thread; id < parameters.size; id += threads) {
    let below = bitcast<f32>(logits[id]) - max;
    sum += vec2f(exp(below), exp(below * parameters.inverseTemperature));
  }
  sums[thread] = sum;
  workgroupBarrier();
  for (var half = threads / 2u; half > 0u; half /= 2u) {
    if (thread < half) { sums[thread] += sums[thread + half]; }
    workgroupBarrier();
  }
  if (thread > 0u) { return; }
  result.best = best;
  result.max = max;
  result.total = sums[0].x;
  result.totalAtTemperature = sums[0].y;
  result.unusable = atomicLoad(&unusable);
  atomicStore(&result.count, 0u);
}

// Finds the key of the ${LARGEST}th largest logit, eight bits at a time, then gathers all that are not smaller.
@compute @workgroup_size(threads)
fn collect(@builtin(local_invocation_index) thread: u32) {
  if (thread == 0u) { least = 0u; missing = min(${LARGEST}u, parameters.size); }
  var known = 0u;
  for (var step = 0u; step < 4u; step += 1u) {
    let shift = 24u - 8u * step;
    atomicStore(&bins[thread], 0u);
    let beginning = workgroupUniformLoad(&least);
    for (var id = thread; id < parameters.size; id += threads) {
      let key = keyOf(logits[id]);
      if ((key & known) == beginning) { atomicAdd(&bins[(key >> shift) & 255u], 1u); }
    }
    workgroupBarrier();
    if (thread == 0u) {
      var bin = 255u;
      while (bin > 0u && atomicLoad(&bins[bin]) < missing) { missing -= atomicLoad(&bins[bin]); bin -= 1u; }
      least = beginning | (bin << shift);
    }
    known |= 255u << shift;
    workgroupBarrier();
  }
  let smallest = workgroupUniformLoad(&least);
  for (var id = thread; id < parameters.size; id += threads) {
    if (keyOf(logits[id]) < smallest) { continue; }
    let at = atomicAdd(&result.count, 1u);
    if (at < ${MOST_IDS}u) { result.ids[at] = id; result.logits[at] = logits[id]; }
  }
}
`;
