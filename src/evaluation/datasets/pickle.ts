import { refuse } from '../../kosmos2/formats/imported.ts';
import { PickleBytes } from './pickle-bytes.ts';

/** A value that a pickle of plain data holds. */
export type Pickled = null | boolean | number | string | Pickled[] | Map<Pickled, Pickled>;

const MARK = Symbol('mark');
type Slot = Pickled | typeof MARK;

/**
 * Reads a Python pickle (protocols 0 to 5) of lists, tuples, dictionaries, texts, numbers, truth values and None, as that of
 * the RefCOCO references. Whatever would import or call anything is refused: a pickle from elsewhere could do all that Python can.
 * Opcodes are those of Python's pickletools.
 * @throws Kosmos2Error ANNOTATION_INVALID with the place of the byte
 */
export function readPickle(bytes: Uint8Array, place: string): Pickled {
  const input = new PickleBytes(bytes, place);
  const stack: Slot[] = [];
  const memo = new Map<number, Slot>();
  const broken = (): never =>
    refuse(`${place} is no whole pickle: byte ${input.at} does not fit.`, { place, at: input.at });
  const pop = (): Pickled => {
    const top = stack.pop();
    return top === undefined || top === MARK ? broken() : top;
  };
  const top = (): Pickled => {
    const value = stack.at(-1);
    return value === undefined || value === MARK ? broken() : value;
  };
  const popMark = (): Pickled[] => {
    const start = stack.lastIndexOf(MARK);
    if (start < 0) return broken();
    return (stack.splice(start) as Pickled[]).slice(1);
  };
  const recall = (index: number) => {
    const value = memo.get(index);
    stack.push(value === undefined ? broken() : value);
  };
  const append = (values: readonly Pickled[]) => {
    const list = top();
    if (!Array.isArray(list)) return void broken();
    for (const value of values) list.push(value);
  };
  const setItems = (pairs: readonly Pickled[]) => {
    const map = top();
    if (!(map instanceof Map) || pairs.length % 2 !== 0) return void broken();
    for (let index = 0; index < pairs.length; index += 2) map.set(pairs[index] ?? null, pairs[index + 1] ?? null);
  };
  const dictionary = (pairs: readonly Pickled[]) => {
    stack.push(new Map());
    setItems(pairs);
  };

  const opcodes: Readonly<Record<string, () => void>> = {
    '\x80': () => void input.unsigned(1),
    '\x95': () => void input.unsigned(8),
    '(': () => void stack.push(MARK),
    '0': () => void stack.pop(),
    '1': () => void popMark(),
    '2': () => void stack.push(top()),
    N: () => void stack.push(null),
    '\x88': () => void stack.push(true),
    '\x89': () => void stack.push(false),
    I: () => void stack.push(input.integerOrTruthLine()),
    L: () => void stack.push(input.integerLine()),
    F: () => void stack.push(Number(input.line())),
    J: () => void stack.push(input.signed(4)),
    K: () => void stack.push(input.unsigned(1)),
    M: () => void stack.push(input.unsigned(2)),
    '\x8a': () => void stack.push(input.signed(input.unsigned(1))),
    '\x8b': () => void stack.push(input.signed(input.unsigned(4))),
    G: () => void stack.push(input.double()),
    S: () => void stack.push(input.quotedLine()),
    V: () => void stack.push(input.escapedLine()),
    T: () => void stack.push(input.text(input.unsigned(4))),
    U: () => void stack.push(input.text(input.unsigned(1))),
    X: () => void stack.push(input.text(input.unsigned(4))),
    B: () => void stack.push(input.text(input.unsigned(4))),
    C: () => void stack.push(input.text(input.unsigned(1))),
    '\x8c': () => void stack.push(input.text(input.unsigned(1))),
    '\x8d': () => void stack.push(input.text(input.unsigned(8))),
    ']': () => void stack.push([]),
    l: () => void stack.push(popMark()),
    a: () => append([pop()]),
    e: () => append(popMark()),
    ')': () => void stack.push([]),
    t: () => void stack.push(popMark()),
    '\x85': () => void stack.push([pop()]),
    '\x86': () => void stack.push([pop(), pop()].reverse()),
    '\x87': () => void stack.push([pop(), pop(), pop()].reverse()),
    '}': () => void stack.push(new Map()),
    d: () => dictionary(popMark()),
    s: () => setItems([pop(), pop()].reverse()),
    u: () => setItems(popMark()),
    p: () => void memo.set(input.integerLine(), top()),
    q: () => void memo.set(input.unsigned(1), top()),
    r: () => void memo.set(input.unsigned(4), top()),
    '\x94': () => void memo.set(memo.size, top()),
    g: () => recall(input.integerLine()),
    h: () => recall(input.unsigned(1)),
    j: () => recall(input.unsigned(4)),
  };
  for (;;) {
    const code = String.fromCharCode(input.unsigned(1));
    if (code === '.') return pop();
    const run = Object.hasOwn(opcodes, code) ? opcodes[code] : undefined;
    if (!run) {
      const shown = code >= ' ' && code < '\x7f' ? `"${code}"` : `0x${code.charCodeAt(0).toString(16)}`;
      refuse(`${place} holds more than plain data: byte ${input.at - 1}, ${shown}, would make or call something.`, {
        place,
      });
    }
    run();
  }
}
