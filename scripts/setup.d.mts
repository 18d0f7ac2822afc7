/** For the tests of what Node is refused, and of what is installed. */
export function requireNode(version?: string): void;
export function installPackages(folder?: string): Promise<void>;
