import { type ReactNode, useEffect, useState } from 'react';
import type { InspectionSource, ModelChoice, ModelInspection } from '../../protocol/inspection.ts';
import * as strings from '../all-strings.ts';
import { type GpuFacts, gpuFacts } from './device-facts.ts';
import { sourceWords } from './named-source.ts';
import { useMetered } from './use-metered.ts';

interface Props {
  readonly source: InspectionSource;
  readonly inspection: ModelInspection;
  readonly choice: ModelChoice;
  /** Whether this browser can keep it. */
  readonly keeps: boolean;
  readonly onScheme: (scheme: string) => void;
}

/** What a model costs, what this device has for it, and what is missing. */
export function Cost({ source, inspection, choice, keeps, onScheme }: Props): ReactNode {
  const { way, sourceBytes, licence, free, memory } = inspection;
  const gpu = useGpuFacts();
  const words = strings.getKosmos2;
  const local = source.kind === 'files';
  const device = [
    gpu === undefined ? words.looking : gpu ? words.gpu(gpu) : words.noGpu,
    memory !== null && words.memory(memory),
  ].filter(Boolean);
  const rows: readonly (readonly [term: string, value: ReactNode])[] = [
    [strings.offer.from, sourceWords(source)],
    [local ? words.toRead : words.toFetch, words.bytes(sourceBytes)],
    [words.time, timeWords(source, inspection, keeps)],
    [words.kept, keeps && <Kept key="kept" choices={inspection.choices} choice={choice} onScheme={onScheme} />],
    ...(licence === null ? [] : [[strings.offer.licence, licence] as const]),
    [strings.offer.takes, `${words.bytes(choice.deviceBytes)} ${strings.offer.on[choice.runsOn]}`],
    [words.free, keeps && (free === null ? words.untold : words.bytes(free))],
    [words.device, device.join(', ')],
  ];
  return (
    <>
      <dl className="facts">
        {rows
          .filter(([, value]) => value !== '' && value !== false)
          .map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Warnings inspection={inspection} choice={choice} remote={!local} packed={way.kind === 'import'} />
    </>
  );
}

function useGpuFacts(): GpuFacts | null | undefined {
  const [gpu, setGpu] = useState<GpuFacts | null>();
  useEffect(() => {
    let shown = true;
    void gpuFacts().then((facts) => {
      if (shown) setGpu(facts);
    });
    return () => {
      shown = false;
    };
  }, []);
  return gpu;
}

/** Bytes of float32 that a slow core packs in a second; measured, halved. */
const PACKED_PER_SECOND = 100e6;

function timeWords(source: InspectionSource, { way, sourceBytes }: ModelInspection, keeps: boolean): string {
  const words = strings.getKosmos2;
  const packing = way.kind === 'import' ? sourceBytes / PACKED_PER_SECOND : 0;
  if (source.kind === 'files') return packing === 0 ? '' : words.packing(packing);
  // Packing goes on beside fetching: whichever is slower takes its time.
  const secondsAt = (megabits: number) => Math.max(packing, (sourceBytes * 8) / (megabits * 1e6));
  return words.times(secondsAt(50), secondsAt(100), keeps);
}

interface KeptProps {
  readonly choices: readonly ModelChoice[];
  readonly choice: ModelChoice;
  readonly onScheme: (scheme: string) => void;
}

/** Bytes on the disk; where there is a choice, one of the ways to pack. */
function Kept({ choices, choice, onScheme }: KeptProps): ReactNode {
  const words = strings.getKosmos2;
  const told = ({ scheme, bytes }: ModelChoice) => words.scheme(words.schemes[scheme] ?? scheme, bytes);
  if (choices.length === 1) return told(choice);
  return (
    <fieldset className="scopes">
      <legend className="visually-hidden">{words.kept}</legend>
      {choices.map((one) => (
        <label key={one.scheme}>
          <input
            type="radio"
            name="kept"
            checked={one.scheme === choice.scheme}
            onChange={() => onScheme(one.scheme)}
          />
          {told(one)}
        </label>
      ))}
    </fieldset>
  );
}

interface WarningsProps {
  readonly inspection: ModelInspection;
  readonly choice: ModelChoice;
  /** Whether it comes over the network, and whether it is packed here. */
  readonly remote: boolean;
  readonly packed: boolean;
}

/** What stands against getting it: what the device lacks, a connection paid by the byte, tensors that are left out. */
function Warnings({ inspection, choice, remote, packed }: WarningsProps): ReactNode {
  const metered = useMetered();
  const { sourceBytes, extras } = inspection;
  const words = strings.getKosmos2;
  const warnings = [
    ...choice.whenStored.map((verdict) => [verdict.kind, strings.offer.verdict(verdict)] as const),
    ...(metered && remote ? [['missing', words.metered(sourceBytes)] as const] : []),
    ...(packed && extras.length > 0 ? [['tight', words.extras(extras.length, extras[0] ?? '')] as const] : []),
  ];
  if (warnings.length === 0) return null;
  return (
    <ul className="verdicts">
      {warnings.map(([kind, warning]) => (
        <li key={warning} data-kind={kind}>
          {warning}
        </li>
      ))}
    </ul>
  );
}
