import type { AppError } from '../../protocol/errors.ts';

/** What is asked about a picture: a prompt with KOSMOS-2's tags, or a caption whose phrases are to be found in it. */
export type Task =
  | { readonly prompt: string; readonly caption?: undefined }
  | { readonly caption: string; readonly prompt?: undefined };

/** One item of an input. */
export type Item =
  | ({
      /** Picture file as the input names it; null where the words stand alone. */
      readonly image: string | null;
      readonly error?: undefined;
    } & Task)
  /** A line that could not be read keeps its place. */
  | { readonly error: AppError };

/** An item and its number in the whole input, from 0. */
export type Row = Item & { readonly index: number };
