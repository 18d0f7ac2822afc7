import '../../../src/ui/styles/page.css';
import { createRoot } from 'react-dom/client';
import { afterAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Menu, MenuItem } from '../../../src/ui/common/Menu.tsx';

const LOW = { width: 640, height: 320 } as const;
const element = document.body.appendChild(document.createElement('div'));
const root = createRoot(element);
afterAll(() => {
  root.unmount();
  element.remove();
});

it('a menu longer than the window lies within it, and its last choice can be chosen by key', async () => {
  await page.viewport(LOW.width, LOW.height);
  const choose = vi.fn();
  root.render(
    <Menu button="More" label="more" className="button">
      {Array.from({ length: 20 }, (_, index) => (
        <MenuItem key={index} onChoose={() => choose(index)}>
          {`choice ${index}`}
        </MenuItem>
      ))}
    </Menu>,
  );
  await userEvent.click(page.getByRole('button', { name: 'more' }));
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('choice 0'));
  const panel = document.querySelector('.menu:popover-open')?.getBoundingClientRect();
  expect(panel?.top).toBeGreaterThanOrEqual(0);
  expect(panel?.bottom).toBeLessThanOrEqual(LOW.height);
  await userEvent.keyboard('{End}');
  const last = document.activeElement?.getBoundingClientRect();
  expect(last?.bottom).toBeLessThanOrEqual(LOW.height);
  await userEvent.keyboard('{Enter}');
  expect(choose).toHaveBeenCalledWith(19);
});
