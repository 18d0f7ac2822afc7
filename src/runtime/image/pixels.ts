/** A decoded picture as the model's preprocessing takes it: 8-bit RGB rows from the top, no alpha, no padding. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3]. */
  readonly data: Uint8Array;
}

export const CHANNELS = 3;
