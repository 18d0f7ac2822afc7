/** What can be wrong with a prompt, a box, a config, a tokenizer or imported annotations: every failure this room raises. */
export type Kosmos2ErrorCode =
  | 'CONFIG_INVALID'
  | 'TOKENIZER_INVALID'
  | 'PROMPT_EMPTY'
  | 'PROMPT_TOO_LONG'
  | 'PROMPT_FORBIDDEN_TOKEN'
  | 'REGION_INVALID'
  | 'OPTION_INVALID'
  | 'ANNOTATION_INVALID';

/** An error with a code from a closed set, a sentence for a person, and the values involved. */
export class Kosmos2Error extends Error {
  override readonly name = 'Kosmos2Error';
  readonly code: Kosmos2ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Kosmos2ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
