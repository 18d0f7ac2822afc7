import type { ReactNode } from 'react';
import type { ModelInfo } from '../../protocol/messages.ts';
import * as strings from '../strings.ts';

/** Everything known about the running model and what it runs on. */
export function ModelDetails({ id, model }: { id: string; model: ModelInfo }): ReactNode {
  const { backend } = model;
  const words = strings.details;
  const rows: readonly (readonly [string, string])[] = [
    [words.model, model.name],
    [words.size, strings.size(model.bytes)],
    [words.scheme, model.scheme],
    [words.licence, model.licence],
    [words.capacity, words.tokens(model.maxTokens)],
    [words.runsOn, words.backend[backend.kind]],
    [words.adapter, backend.adapter],
    [words.activation, words.activations[backend.activation]],
    [words.build, words.runtime(backend.build)],
  ];
  return (
    <div id={id} className="details" popover="auto">
      <h2>{words.title}</h2>
      <p>{model.description}</p>
      <dl>
        {rows.map(([term, value]) => (
          <Row key={term} term={term} value={value} />
        ))}
      </dl>
    </div>
  );
}

function Row({ term, value }: { term: string; value: string }): ReactNode {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
