/** What a document or a worker script needs besides its bytes. */
export interface SecurityHeaders {
  readonly isolation: Readonly<Record<string, string>>;
  readonly policy: string;
}

/**
 * The same response with cross-origin isolation and the Content-Security-Policy, for hosts that cannot send headers. A
 * page gets them at its next natural visit. The policy in the page's meta tag does not reach workers; this one does. What
 * the host itself says stays.
 */
export function secured(response: Response, { isolation, policy }: SecurityHeaders): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', policy);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
