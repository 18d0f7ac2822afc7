import { refuse } from '../../kosmos2/formats/imported.ts';

const LINE_FEED = 10;

/** Reads the arguments of a pickle's opcodes; nothing behind its end. @throws Kosmos2Error ANNOTATION_INVALID, all of it */
export class PickleBytes {
  /** Of the next byte. */
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #place: string;

  constructor(bytes: Uint8Array, place: string) {
    this.#bytes = bytes;
    this.#place = place;
  }

  /** Little-endian. */
  unsigned(length: number): number {
    return this.#take(length).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }

  /** Little-endian, in two's complement; 0 bytes are 0. */
  signed(length: number): number {
    const bytes = this.#take(length);
    const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    return (bytes.at(-1) ?? 0) >= 128 ? value - 256 ** length : value;
  }

  /** Big-endian. */
  double(): number {
    const bytes = this.#take(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  }

  text(length: number): string {
    return new TextDecoder().decode(this.#take(length));
  }

  /** Up to the end of the line, without it; a byte a character, as protocol 0 writes. */
  line(): string {
    const end = this.#bytes.indexOf(LINE_FEED, this.at);
    if (end < 0) return this.#broken();
    const line = Array.from(this.#take(end - this.at), (byte) => String.fromCharCode(byte)).join('');
    this.at = end + 1;
    return line;
  }

  /** `12` or `12L`. */
  integerLine(): number {
    return this.#integer(this.line());
  }

  /** `12`, or `00` and `01` for False and True. */
  integerOrTruthLine(): number | boolean {
    const line = this.line();
    return line === '00' || line === '01' ? line === '01' : this.#integer(line);
  }

  /** A text in quotes, with Python's escapes. */
  quotedLine(): string {
    const [, , words] = /^(['"])(.*)\1$/s.exec(this.line()) ?? [];
    if (words === undefined) return this.#broken();
    return words.replace(/\\(?:x([\da-f]{2})|(.))/gi, (whole, byte, sign) =>
      byte ? character(byte) : (ESCAPES[sign] ?? whole),
    );
  }

  /** A text in which `\uXXXX` and `\UXXXXXXXX` are the only escapes. */
  escapedLine(): string {
    return this.line().replace(/\\(?:u([\da-f]{4})|U([\da-f]{8}))/g, (_, unit, point) => character(unit ?? point));
  }

  #integer(line: string): number {
    const value = Number(line.replace(/L$/, ''));
    return line !== '' && Number.isInteger(value) ? value : this.#broken();
  }

  #take(length: number): Uint8Array {
    if (!(length >= 0 && this.at + length <= this.#bytes.length)) return this.#broken();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  #broken(): never {
    return refuse(`${this.#place} is no whole pickle: it breaks off at byte ${this.at}.`, {
      place: this.#place,
      at: this.at,
    });
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' };

function character(hex: string): string {
  return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16)));
}
