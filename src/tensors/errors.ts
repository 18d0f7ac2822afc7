/** What can be wrong with weights on their way in or out. */
export type TensorErrorCode = 'TENSOR_FILE_INVALID' | 'TENSOR_TRUNCATED' | 'TENSOR_VALUE_INVALID';

/** A file of tensors that cannot be what it says: told apart from a failed read, which keeps its own error. */
export class TensorError extends Error {
  override readonly name = 'TensorError';
  readonly code: TensorErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: TensorErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
