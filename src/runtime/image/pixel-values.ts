import type { PreprocessorConfig } from '../../kosmos2/preprocessor-config.ts';
import { resizeBicubic } from './pil-bicubic.ts';
import { CHANNELS, type RgbImage } from './pixels.ts';

/**
 * The vision tower's input: the image stretched to the model's square, each channel (value * rescaleFactor - mean) / std.
 * Float32 [3, size, size]. Rounds to float32 after each step as the reference's image processor does.
 */
export function pixelValues(image: RgbImage, config: PreprocessorConfig): Float32Array<ArrayBuffer> {
  const { data } = resizeBicubic(image, config.size);
  const area = config.size * config.size;
  const values = new Float32Array(CHANNELS * area);
  for (let channel = 0; channel < CHANNELS; channel++) {
    const normalized = normalizedLevels(config, channel);
    for (let i = 0; i < area; i++) {
      values[channel * area + i] = normalized[data[i * CHANNELS + channel] as number] as number;
    }
  }
  return values;
}

/** The normalized value of each of the 256 grey levels of one channel. */
function normalizedLevels({ rescaleFactor, mean, std }: PreprocessorConfig, channel: number): Float32Array {
  const centre = Math.fround(mean[channel] as number);
  const spread = Math.fround(std[channel] as number);
  return Float32Array.from({ length: 256 }, (_, level) => {
    const rescaled = Math.fround(level * rescaleFactor);
    return Math.fround(rescaled - centre) / spread;
  });
}
