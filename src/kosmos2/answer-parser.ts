import { Caption, cleanUp } from './caption.ts';
import type { Place } from './corner-place.ts';
import type { BoxCorner, Entity, GroundedText } from './grounded-text.ts';
import { OpenEntity } from './open-entity.ts';
import type { TextCodec } from './sequence.ts';
import type { SpecialTokens } from './special-tokens.ts';
import { type AnswerSymbol, lexText, printSymbol, symbolReader } from './symbols.ts';

/** What is known of a token besides its id, where it was generated. */
interface Made {
  readonly probability: number | null;
  readonly place: Place | null;
}

/** Of a token that stood in the prompt or in a text. */
const GIVEN: Made = { probability: null, place: null };

/**
 * Reads prompt and answer token by token and says at any time what they mean. It takes every sequence: tags out of
 * place are passed over, words inside an object end it, and what was never located is no entity.
 */
export class AnswerParser {
  readonly #read: (id: number) => AnswerSymbol;
  readonly #cleanUpSpaces: boolean;
  #caption: Caption;
  #entities: Entity[] = [];
  #open: OpenEntity | null = null;
  #answerStart: number | null = null;
  /** Finished part of the printed text, and the run of words after its last tag. */
  #printed = '';
  #run = '';

  constructor(specials: SpecialTokens, codec: Pick<TextCodec, 'decodeToken' | 'cleanUpSpaces'>) {
    this.#read = symbolReader(specials, codec.decodeToken);
    this.#cleanUpSpaces = codec.cleanUpSpaces;
    this.#caption = new Caption(codec.cleanUpSpaces);
  }

  /** Reads a token of the prompt. At the end of an image everything begins anew: boxes belong to the last image. */
  pushPrompt(id: number): void {
    const symbol = this.#read(id);
    if (symbol.kind === 'endImage') this.#restart();
    else this.#push(this.#withoutFirstSpace(symbol), GIVEN);
  }

  /** Reads a generated token with its probability, and of a location with its place between the cells, where they are known. */
  push(id: number, probability: number | null = null, place: Place | null = null): void {
    // The mark ends the run of words: spaces taken out across it would move the answer's first words before its beginning.
    this.#answerStart ??= this.#caption.mark().point;
    this.#push(this.#withoutFirstSpace(this.#read(id)), { probability, place });
  }

  /** Where the location token just read belongs; null where it is no part of an object. */
  get corner(): BoxCorner | null {
    return this.#open?.stage === 'object' ? this.#open.lastCorner : null;
  }

  /** Reads symbols of a text, as they are. */
  pushSymbols(symbols: Iterable<AnswerSymbol>): void {
    for (const symbol of symbols) this.#push(symbol, GIVEN);
  }

  /** What was read so far. Boxes are in it as soon as both of their corners are. */
  snapshot(): GroundedText {
    const caption = this.#caption.text;
    const trimmed = caption.trimEnd();
    const end = this.#caption.point - (caption.length - trimmed.length);
    const open = this.#open?.snapshot(this.#caption, false);
    return {
      caption: trimmed,
      answerStart: Math.min(this.#answerStart ?? end, end),
      entities: (open ? [...this.#entities, open] : this.#entities).map((entity) => within(entity, end)),
    };
  }

  /** Prompt and answer with their tags, as the reference's decode prints them; image and `</s>` are left out. */
  text(): string {
    return this.#printed + this.#tidyRun();
  }

  /** The generated part in plain words. */
  answer(): string {
    const { caption, answerStart } = this.snapshot();
    return Array.from(caption).slice(answerStart).join('').trim();
  }

  #push(symbol: AnswerSymbol, made: Made): void {
    if (symbol.kind === 'silent') return;
    if (symbol.kind === 'text') {
      this.#run += symbol.text;
      this.#readWords(symbol.text);
      return;
    }
    this.#printed += this.#tidyRun() + printSymbol(symbol);
    this.#run = '';
    this.#readTag(symbol, made);
  }

  #readWords(text: string): void {
    const stray = this.#open !== null && this.#open.stage !== 'phrase' && text.trim() !== '';
    if (stray) this.#close(false);
    this.#caption.append(text);
  }

  #readTag(symbol: Exclude<AnswerSymbol, { kind: 'text' | 'silent' }>, made: Made): void {
    const mark = this.#caption.mark();
    const open = this.#open;
    switch (symbol.kind) {
      case 'phrase':
        this.#close(false);
        this.#open = new OpenEntity(this.#entities.length, mark, 'phrase');
        break;
      case 'endPhrase':
        if (open?.stage === 'phrase') open.endPhrase(mark);
        break;
      case 'object':
        if (open === null || open.stage === 'object') {
          this.#close(false);
          this.#open = new OpenEntity(this.#entities.length, mark, 'object');
        } else {
          open.endPhrase(mark);
          open.stage = 'object';
        }
        break;
      case 'patch':
        if (open?.stage === 'object') open.addCorner({ index: symbol.index, ...made });
        break;
      case 'delimiter':
        open?.delimit();
        break;
      case 'endObject':
        if (open?.stage === 'object') this.#close(true);
        break;
    }
  }

  #close(complete: boolean): void {
    if (this.#open?.located) this.#entities.push(this.#open.snapshot(this.#caption, complete));
    this.#open = null;
  }

  #restart(): void {
    this.#caption = new Caption(this.#cleanUpSpaces);
    this.#entities = [];
    this.#open = null;
    this.#printed = '';
    this.#run = '';
  }

  /** The reference's decoder takes the space from the first piece of a text. */
  #withoutFirstSpace(symbol: AnswerSymbol): AnswerSymbol {
    const first = symbol.kind === 'text' && this.#printed === '' && this.#run === '';
    return first ? { kind: 'text', text: symbol.text.replace(/^ /, '') } : symbol;
  }

  #tidyRun(): string {
    return this.#cleanUpSpaces ? cleanUp(this.#run) : this.#run;
  }
}

/** Parses a whole generated text, given with its tags and as it is. */
export function parseText(text: string, specials: SpecialTokens): AnswerParser {
  const parser = new AnswerParser(specials, { decodeToken: () => '', cleanUpSpaces: false });
  parser.pushSymbols(lexText(text, specials));
  return parser;
}

/** An object after the last word may stand behind spaces that are no part of the caption. */
function within(entity: Entity, end: number): Entity {
  if (entity.end <= end) return entity;
  return { ...entity, start: Math.min(entity.start, end), end: Math.min(entity.end, end) };
}
