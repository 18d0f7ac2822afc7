import type { RemoteAnswer } from './remote-request.ts';

/**
 * The body of an answer, counted as it comes: what a header says of its length may be that of its compressed form.
 * @returns null where it is longer than `maxBytes`; the rest is not fetched then
 * @throws PassingFailure where the connection breaks or stalls
 */
export async function wholeBody(answer: RemoteAnswer, maxBytes: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.pieces()) {
    length += piece.length;
    if (length > maxBytes) return null;
    pieces.push(piece);
  }
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}
