const MAX_ERRORS = 20;

const errors: string[] = [];

/** What went wrong outside of any request since the page was opened, newest last. */
export function lastErrors(): readonly string[] {
  return errors;
}

function note(what: string): void {
  errors.push(`${new Date().toISOString()} ${what.slice(0, 500)}`);
  if (errors.length > MAX_ERRORS) errors.shift();
}

addEventListener('error', ({ message, filename, lineno }) => note(`${message} (${filename}:${lineno})`));
addEventListener('unhandledrejection', ({ reason }) => note(String(reason)));
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  note(`refused by ${effectiveDirective}: ${blockedURI}`),
);
