import type { UnitBox } from '../kosmos2/box.ts';
import type { TextSpan } from '../kosmos2/task-prompts.ts';
import type { CaptureReport } from '../protocol/capture.ts';
import type { AppError } from '../protocol/errors.ts';
import type { BackendChoice, ModelInfo, OpenProgress } from '../protocol/messages.ts';
import { EMPTY_HISTORY, type History } from './history.ts';
import type { PageImage } from './page-image.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Example, Mode, Region, Turn } from './turn.ts';

/** Where the model stands. Whether it is writing is `running`. */
export type EngineStatus =
  | { readonly phase: 'loading'; readonly backend: BackendChoice; readonly progress: OpenProgress | null }
  | { readonly phase: 'ready'; readonly model: ModelInfo }
  | { readonly phase: 'failed'; readonly backend: BackendChoice; readonly error: AppError };

/** What the composer holds. */
export interface Draft {
  readonly mode: Mode;
  readonly words: string;
  /** Places of the picture on the stage that the question is about. */
  readonly regions: readonly Region[];
  /** Answers to choose from, one a line. */
  readonly choices: string;
  readonly examples: readonly Example[];
  /** Phrases of the words to ground; null where they are still to be found. */
  readonly spans: readonly TextSpan[] | null;
  /** Whether earlier turns are read before the question. */
  readonly followUp: boolean;
  /** The turn whose question is being edited and which the next one replaces. */
  readonly replaces: string | null;
  /** What the composer held when the editing began; it comes back when that ends. */
  readonly aside: Draft | null;
}

export const EMPTY_DRAFT: Draft = {
  mode: 'describe',
  words: '',
  regions: [],
  choices: '',
  examples: [],
  spans: null,
  followUp: false,
  replaces: null,
  aside: null,
};

/** An entity, or one of its boxes, that a person points at or has selected. */
export interface Place {
  readonly turn: string;
  readonly entity: number;
  /** Null for all boxes of the entity. */
  readonly index: number | null;
  readonly number: number;
}

/** A failure that belongs to no turn, told until it is dismissed. */
export interface Notice {
  readonly id: string;
  readonly error: AppError;
}

/** How much of the page is not kept for the next visit: there is more than is kept, or storing failed. */
export interface Unkept {
  readonly pictures: number;
  readonly answers: number;
}

/** Something that opens over the page; some are about one turn. */
export type Dialog =
  | { readonly kind: 'options' | 'shortcuts' | 'diagnostics' | 'models' | 'get' | 'maker' }
  | { readonly kind: 'xray'; readonly turn: string }
  /** Of one turn, or where there is none of the whole conversation. */
  | { readonly kind: 'export'; readonly turn: string | null };

/** The page's whole truth. */
export interface AppState {
  readonly engine: EngineStatus;
  /** Address of the model that is open or being opened; null for the one that comes with the page. */
  readonly using: string | null;
  /** What came of trying to run tokens from a recording; null until that is known of the open model. */
  readonly capture: CaptureReport | null;
  /** In the order of the filmstrip: samples first. */
  readonly images: readonly PageImage[];
  /** Id of the image on the stage. */
  readonly current: string;
  readonly turns: Readonly<Record<string, Turn>>;
  /** The turn the model works on. */
  readonly running: string | null;
  readonly draft: Draft;
  /** Regions that were drawn on pictures which have left the stage since, by picture: they come back with it. */
  readonly drawn: Readonly<Record<string, readonly Region[]>>;
  /** How the next question is answered. */
  readonly settings: Settings;
  readonly pointed: Place | null;
  readonly selected: Place | null;
  /** Number of the region of the question that is selected; a box and a region never are both. */
  readonly picked: number | null;
  /** The answer whose boxes are being corrected, and the box drawn for what it misses with what is typed for it. */
  readonly correcting: { readonly turn: string; readonly fresh: UnitBox | null; readonly words: string } | null;
  readonly notices: readonly Notice[];
  /** What is open over the page. */
  readonly dialog: Dialog | null;
  /** The turns of one prompt asked of all pictures, until all are over. */
  readonly batch: readonly string[];
  /** What can be taken back. */
  readonly history: History;
  /** Whether this browser keeps pictures and conversations for the next visit; null while that is not known. */
  readonly keeping: boolean | null;
  readonly unkept: Unkept;
  /** Pictures that are being opened. */
  readonly opening: number;
}

export function initialState(samples: readonly [PageImage, ...PageImage[]], backend: BackendChoice): AppState {
  return {
    engine: { phase: 'loading', backend, progress: null },
    using: null,
    capture: null,
    images: samples,
    current: samples[0].id,
    turns: {},
    running: null,
    draft: EMPTY_DRAFT,
    drawn: {},
    settings: DEFAULT_SETTINGS,
    pointed: null,
    selected: null,
    picked: null,
    correcting: null,
    notices: [],
    dialog: null,
    batch: [],
    history: EMPTY_HISTORY,
    keeping: null,
    unkept: { pictures: 0, answers: 0 },
    opening: 0,
  };
}

/** The image of this id, by default the one on the stage. */
export function imageOf(state: AppState, id: string = state.current): PageImage {
  const image = state.images.find((one) => one.id === id);
  if (!image) throw new RangeError(`No image has the id "${id}".`);
  return image;
}
