import type { Page } from 'playwright-core';
import type { Studio } from './studio.ts';

/** A picture of the page in one state. */
export interface Picture {
  /** Name of its file. */
  readonly name: string;
  /** What it shows, in a line for the docs. */
  readonly shows: string;
  /** Brings a page into the state. */
  readonly take: (studio: Studio) => Promise<Page>;
}
