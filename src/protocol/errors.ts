import type { Kosmos2ErrorCode } from '../kosmos2/errors.ts';
import type { TensorErrorCode } from '../tensors/errors.ts';

const CODES = [
  'CONFIG_INVALID',
  'TOKENIZER_INVALID',
  'PROMPT_EMPTY',
  'PROMPT_TOO_LONG',
  'PROMPT_FORBIDDEN_TOKEN',
  'REGION_INVALID',
  'OPTION_INVALID',
  'ANNOTATION_INVALID',
  'TENSOR_FILE_INVALID',
  'TENSOR_TRUNCATED',
  'TENSOR_VALUE_INVALID',
  'PACKAGE_VERSION_UNKNOWN',
  'PACKAGE_MANIFEST_INVALID',
  'PACKAGE_FILE_MISSING',
  'PACKAGE_FILE_INVALID',
  'PACKAGE_FETCH_FAILED',
  'PACKAGE_WEIGHT_INVALID',
  'FOLDER_UNREADABLE',
  'FOLDER_INVALID',
  'CHECKPOINT_DENIED',
  'CHECKPOINT_CHANGED',
  'IMAGE_NOT_AN_IMAGE',
  'IMAGE_DAMAGED',
  'IMAGE_TOO_LARGE',
  'IMAGE_UNKNOWN',
  'IMAGE_LIMIT',
  'WEBGPU_UNAVAILABLE',
  'DEVICE_LOST',
  'OUT_OF_MEMORY',
  'RUNTIME_FAILED',
  'SELF_TEST_FAILED',
  'WORKER_LOST',
  'PART_FETCH_FAILED',
  'ENGINE_NOT_READY',
  'CANCELLED',
  'CANVAS_DENIED',
  'CLIPBOARD_DENIED',
  'INSECURE_CONTEXT',
  'STORAGE_FULL',
  'STORAGE_FAILED',
  'INTERNAL',
] as const;

/** Every way the product can fail, by name. */
export type AppErrorCode = (typeof CODES)[number] | Kosmos2ErrorCode | TensorErrorCode;

const known: ReadonlySet<string> = new Set(CODES);

/** An error a person can meet: a code, a sentence with the value, the limit and the next step, and the raw values. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: AppErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** How an error crosses between worker and page. */
export interface WireError {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a thrown value says. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Any thrown value as an AppError: a coded error of a pure room keeps its code, the rest becomes INTERNAL. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error) {
    if (thrown.name === 'AbortError') return new AppError('CANCELLED', 'Stopped.', {}, thrown);
    const { code, details } = thrown as Error & { code?: unknown; details?: unknown };
    if (typeof code === 'string' && known.has(code)) {
      const values = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
      return new AppError(code as AppErrorCode, thrown.message, values, thrown);
    }
    return internal(thrown.message, thrown);
  }
  return internal(String(thrown));
}

/** Does work of a pure room. @throws AppError in place of that room's own errors */
export function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toAppError(thrown);
  }
}

function internal(words: string, cause?: unknown): AppError {
  const reason = words.replace(/\.$/, '');
  return new AppError('INTERNAL', `Internal error: ${reason}. Try again.`, { reason }, cause);
}

export function toWire(thrown: unknown): WireError {
  const { code, message, details } = toAppError(thrown);
  return { code, message, details };
}

export function fromWire(error: WireError): AppError {
  return new AppError(error.code, error.message, { ...error.details });
}
