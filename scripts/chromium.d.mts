/** A Chromium or Chrome that is installed on this system and starts, or undefined. */
export function systemChromium(): string | undefined;
