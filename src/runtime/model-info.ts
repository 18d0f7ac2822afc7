import { resolveOptions } from '../kosmos2/decoding-options.ts';
import { contentsOf, packageBytes } from '../package/manifest.ts';
import type { ModelPackage } from '../package/model-package.ts';
import type { ModelInfo } from '../protocol/messages.ts';
import type { Backend } from './backend.ts';
import type { Decoder } from './decoder.ts';

/** What an open model is, for people and for what is kept of it. */
export function modelInfo({ manifest, generation }: ModelPackage, { info }: Backend, decoder: Decoder): ModelInfo {
  const { name, description, licence, scheme } = manifest;
  return {
    name,
    description,
    licence,
    scheme,
    bytes: packageBytes(manifest),
    contents: contentsOf(manifest),
    maxTokens: decoder.capacity,
    decoding: resolveOptions({}, generation),
    backend: info,
    choosing: decoder.choosing,
  };
}
