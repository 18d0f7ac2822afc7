/** Element types of a safetensors file that this project reads or writes. */
export type Dtype = 'F32' | 'F16' | 'BF16' | 'U8' | 'I64';

export const BYTES_PER_ELEMENT: Readonly<Record<Dtype, number>> = { F32: 4, F16: 2, BF16: 2, U8: 1, I64: 8 };
