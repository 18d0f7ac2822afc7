import { AppError } from '../protocol/errors.ts';

/** @throws AppError PROMPT_TOO_LONG where a prompt (`<s>` and images included) leaves no room for an answer */
export function checkPromptLength(tokens: number, capacity: number): void {
  const limit = longestPrompt(capacity);
  if (tokens <= limit) return;
  throw new AppError(
    'PROMPT_TOO_LONG',
    `The prompt has ${tokens} tokens (images included), but only ${limit} fit this model with room for an answer. Shorten it.`,
    { tokens, limit },
  );
}

/** Most ids a prompt can have, `<s>` included, with room for an answer. */
export function longestPrompt(capacity: number): number {
  return capacity - 1;
}
