/** A decoded picture as the model's preprocessing takes it: 8-bit RGB rows from the top, no alpha, no padding. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3]. */
  readonly data: Uint8Array;
}

/** Sides in pixels, of a picture that need not be decoded yet. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

export const CHANNELS = 3;
