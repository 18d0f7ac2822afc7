import { expect, it, vi } from 'vitest';
import type { SelfTestReport } from '../../../src/protocol/self-test.ts';
import { fakeApp } from './fake-app.ts';

it('the same failure of a device is told once, and every time another way is taken where there is one', () => {
  let tell = (_: SelfTestReport) => {};
  const open = vi.fn(() => Promise.reject(new Error('Nothing opens here.')));
  const { store } = fakeApp({
    open,
    onSelfTest(listener) {
      tell = listener;
      return () => {};
    },
  });
  const report = { passed: false, message: 'Wrong.', positions: 37, agreed: 1, another: true } as SelfTestReport;
  const failed = { ...report, backend: { kind: 'webgpu' } as SelfTestReport['backend'] };
  tell(failed);
  tell(failed);
  expect(store.getState().notices).toMatchObject([{ error: { code: 'SELF_TEST_FAILED', message: 'Wrong.' } }]);
  expect(open).toHaveBeenCalledTimes(2);
});
