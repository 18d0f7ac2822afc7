const MAX_ERRORS = 20;

const errors: string[] = [];

/** What went wrong outside of any request since the page was opened, newest last. */
export function lastErrors(): readonly string[] {
  return errors;
}

/** Notes a failure that the page went on after. */
export function noteError(what: string): void {
  errors.push(`${new Date().toISOString()} ${what.slice(0, 500)}`);
  if (errors.length > MAX_ERRORS) errors.shift();
}

addEventListener('error', ({ message, filename, lineno }) => noteError(`${message} (${filename}:${lineno})`));
addEventListener('unhandledrejection', ({ reason }) => noteError(String(reason)));
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  noteError(`refused by ${effectiveDirective}: ${blockedURI}`),
);
