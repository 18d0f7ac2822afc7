import type { CaptureWish } from '../protocol/capture.ts';

/** What `?capture=on|off` says of running tokens from a recording; anything else leaves it to a trial. */
export function captureWish(search: string): CaptureWish {
  const named = new URLSearchParams(search).get('capture');
  return named === 'on' || named === 'off' ? named : 'auto';
}
