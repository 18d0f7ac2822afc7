/**
 * Asks that the screen stays on, as long as the page is looked at: a device that sleeps stops what the page is doing. Where
 * the browser does not grant it, nothing else changes.
 * @returns ends it
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  async function ask(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    const got = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
    // Two requests under way at once need one lock.
    if (over || lock?.released === false) void got?.release();
    else lock = got;
  }
  // The browser takes it back whenever the page is hidden.
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
