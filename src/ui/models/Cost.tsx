import { type ReactNode, useEffect, useState } from 'react';
import * as strings from '../all-strings.ts';
import { type DeviceFacts, deviceFacts } from './device-facts.ts';

/** Bytes of the official checkpoint's weights, and of the packages made of it. */
const FETCHED_BYTES = 6_660_000_000;
export const KEPT_BYTES = { q4: 1_170_000_000, 'q4-small': 940_000_000 } as const;

interface Props {
  readonly scheme: keyof typeof KEPT_BYTES;
  readonly onScheme: (scheme: keyof typeof KEPT_BYTES) => void;
}

/** What the full model costs, and what this device has for it. */
export function Cost({ scheme, onScheme }: Props): ReactNode {
  const [device, setDevice] = useState<DeviceFacts | null>(null);
  useEffect(() => {
    let shown = true;
    void deviceFacts().then((facts) => {
      if (shown) setDevice(facts);
    });
    return () => {
      shown = false;
    };
  }, []);
  const words = strings.getKosmos2;
  const secondsAt = (megabits: number) => (FETCHED_BYTES * 8) / (megabits * 1e6);
  return (
    <>
      <dl className="facts">
        <Fact term={words.toFetch}>{words.fetched(FETCHED_BYTES)}</Fact>
        <Fact term={words.time}>{words.times(secondsAt(50), secondsAt(100))}</Fact>
        <Fact term={words.kept}>
          <fieldset className="scopes">
            <legend className="visually-hidden">{words.kept}</legend>
            {(['q4', 'q4-small'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name="kept" checked={one === scheme} onChange={() => onScheme(one)} />
                {words.scheme(words.schemes[one], KEPT_BYTES[one])}
              </label>
            ))}
          </fieldset>
        </Fact>
        <Fact term={words.free}>{device ? freeWords(device) : words.looking}</Fact>
        <Fact term={words.device}>{device ? gpuWords(device) : words.looking}</Fact>
      </dl>
      {device && <Warnings device={device} needed={KEPT_BYTES[scheme]} />}
    </>
  );
}

function Warnings({ device: { gpu, free, metered }, needed }: { device: DeviceFacts; needed: number }): ReactNode {
  const words = strings.getKosmos2;
  const warnings = [
    free !== null && free < needed && words.noRoom(needed, free),
    metered && words.metered(FETCHED_BYTES),
    !gpu && words.noGpu,
  ].filter((warning) => warning !== false);
  if (warnings.length === 0) return null;
  return (
    <ul className="verdicts">
      {warnings.map((warning) => (
        <li key={warning} data-kind="missing">
          {warning}
        </li>
      ))}
    </ul>
  );
}

function freeWords({ free }: DeviceFacts): string {
  return free === null ? strings.getKosmos2.freeUnknown : strings.size(free);
}

function gpuWords({ gpu }: DeviceFacts): string {
  return gpu ? strings.getKosmos2.gpu(gpu.adapter, gpu.largestBuffer, gpu.f16) : strings.details.backend.wasm;
}

function Fact({ term, children }: { term: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
