export const press = { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true };

/** A pointer on a stage, by points in 0..1 of the picture. */
export function pointerOn(stage: HTMLElement, pointerType: 'mouse' | 'touch' = 'mouse') {
  stage.setPointerCapture = () => {};
  const at = ([x, y]: readonly [number, number]) => {
    const { left, top, width, height } = stage.querySelector('.picture')?.getBoundingClientRect() ?? new DOMRect();
    return { clientX: left + x * width, clientY: top + y * height };
  };
  const fire = (type: string, point: readonly [number, number], more: PointerEventInit = {}) =>
    stage.dispatchEvent(new PointerEvent(type, { ...press, pointerType, button: 0, ...at(point), ...more }));
  return {
    fire,
    click(point: readonly [number, number]) {
      fire('pointerdown', point);
      fire('pointerup', point);
    },
    drag(from: readonly [number, number], to: readonly [number, number], more: PointerEventInit = {}) {
      fire('pointerdown', from, more);
      fire('pointermove', [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], more);
      fire('pointermove', to, more);
    },
    drop: (point: readonly [number, number]) => fire('pointerup', point),
  };
}

/** A key pressed on a stage. */
export const key = (stage: HTMLElement, name: string, more: KeyboardEventInit = {}) =>
  stage.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
