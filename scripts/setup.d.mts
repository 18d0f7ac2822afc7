/** For the test of what Node is refused. */
export function requireNode(version?: string): void;
