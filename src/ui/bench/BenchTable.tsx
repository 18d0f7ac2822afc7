import type { ReactNode } from 'react';
import type { BenchMemory, BenchRow } from '../../protocol/bench.ts';
import * as strings from '../all-strings.ts';

export interface Measured {
  readonly rows: readonly BenchRow[];
  /** Known in the end, and only of a GPU. */
  readonly memory: BenchMemory | null;
}

/** Every stage in numbers. */
export function BenchTable({ rows, memory }: Measured): ReactNode {
  const words = strings.bench;
  return (
    <div className="wide">
      <table>
        <caption>{words.results}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.stage}</th>
            <th scope="col">{words.columns.time}</th>
            <th scope="col">{words.columns.range}</th>
            <th scope="col">{words.columns.rate}</th>
            <th scope="col">{words.columns.share}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ stage, time, amount, unit, ceiling }) => (
            <tr key={stage}>
              <th scope="row">{words.stages[stage]}</th>
              <td>{words.milliseconds(time.median)}</td>
              <td>{words.range(time.min, time.max, time.runs)}</td>
              <td>
                {words.rate((amount * 1000) / time.median)} {words.units[unit]}
              </td>
              <td>{ceiling ? words.share(ceiling.share, ceiling.of) : '–'}</td>
            </tr>
          ))}
          {memory && (
            <tr>
              <th scope="row">{words.memory.name}</th>
              <td>{words.memory.most(memory.bytes)}</td>
              <td>{words.memory.when}</td>
              <td>{words.memory.least(memory.leastBytes)}</td>
              <td>{words.memory.share(memory.share)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
