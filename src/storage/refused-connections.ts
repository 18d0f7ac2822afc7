/** Addresses that this site's own policy let nothing be fetched from. */
const refused = new Set<string>();

// Node knows no such policy, and has no events of this kind.
globalThis.addEventListener?.('securitypolicyviolation', (event) => {
  const { blockedURI, disposition } = event as SecurityPolicyViolationEvent;
  if (disposition === 'enforce') refused.add(blockedURI);
});

/**
 * Whether the policy of this site (Content-Security-Policy) forbids what has just failed: fetch fails as it does for a server
 * that is not there, and the reason is told behind it.
 */
export async function isRefused(url: URL): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve));
  return refused.has(url.href.replace(/#.*$/, ''));
}
