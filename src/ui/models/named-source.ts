import { hubNameOf, isRepository } from '../../protocol/hub-name.ts';
import type { CheckpointSource } from '../../protocol/importer-messages.ts';
import type { InspectionSource, ModelInspection } from '../../protocol/inspection.ts';
import { modelName } from '../../protocol/model-name.ts';

/**
 * What a person typed: a repository of the hub, by its name (`hf:` may be left out) or the address of its page, otherwise the
 * address of a folder on the web.
 */
export function namedSource(text: string): CheckpointSource {
  const named = text.trim();
  const name = hubNameOf(isRepository(named) ? `hf:${named}` : named);
  return name === null ? { kind: 'site', url: named } : { kind: 'hub', name };
}

/** Name under which a model is stored, before its scheme is added to it. */
export function storedBase(source: InspectionSource, { name }: Pick<ModelInspection, 'name'>): string {
  switch (source.kind) {
    case 'site':
      return storedNameOf(source.url);
    case 'hub':
      return modelName(source.name.split('@')[0]?.split('/').at(-1) ?? '');
    case 'files':
      return modelName(source.folder ?? name ?? 'kosmos-2');
    case 'official':
      return modelName(name ?? '');
  }
}

/** Name under which the model at an address is stored: its folder's, or the repository's where the hub has it. */
export function storedNameOf(address: string): string {
  const { pathname, hostname } = new URL(address);
  const folder = pathname.replace(/\/resolve\/[^/]+\/?$/, '/');
  return modelName(folder.split('/').filter(Boolean).at(-1) ?? hostname);
}

/** Where a model comes from, for people. */
export function sourceWords(source: InspectionSource): string {
  switch (source.kind) {
    case 'site':
      return source.url;
    case 'hub':
      return source.endpoint ? `${source.name}, ${source.endpoint}` : source.name;
    case 'files':
      return source.folder ?? source.files.map((file) => file.name).join(', ');
    case 'official':
      return 'huggingface.co';
  }
}
