/** For the tests of what Node is refused and of what is installed, and for scripts that are TypeScript. */
export class SetupError extends Error {}
export function fail(error: unknown): never;
export function requireNode(version?: string): void;
export function installPackages(folder?: string): Promise<void>;
export function requireBuiltPage(folder?: string): void;
