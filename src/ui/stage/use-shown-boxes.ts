import { useMemo } from 'react';
import { imageOf, type Place } from '../../state/app-state.ts';
import { correctedTurn } from '../../state/correcting.ts';
import type { Region } from '../../state/turn.ts';
import { useApp } from '../common/app-context.ts';
import { type StageBox, stageBoxes } from './stage-boxes.ts';

/** What is on the stage now. */
interface ShownBoxes {
  readonly drawn: readonly StageBox[];
  readonly regions: readonly Region[];
  /** The turn whose boxes stand out; null shows all alike. */
  readonly shown: string | null;
  /** Whether an answer is being corrected, which is then alone on the stage. */
  readonly corrected: boolean;
}

const NONE: readonly Region[] = [];

export function useShownBoxes(): ShownBoxes {
  const { boxes, focus, turns } = useApp(imageOf);
  const regions = useApp((state) => state.draft.regions);
  const corrected = useApp((state) => correctedTurn(state)?.id ?? null);
  // Pointing at a phrase of an older answer brings that answer's boxes forward for as long.
  const ahead = useApp(({ pointed, selected }) => phraseTurn(pointed) ?? phraseTurn(selected));
  const shown = corrected ?? ahead ?? focus;
  const drawn = useMemo(() => {
    const there = corrected === null ? boxes : boxes.filter(({ turn }) => turn === corrected);
    return stageBoxes(there, shown, turns);
  }, [boxes, turns, shown, corrected]);
  return { drawn, regions: corrected === null ? regions : NONE, shown, corrected: corrected !== null };
}

function phraseTurn(place: Place | null): string | null {
  return place?.index === null ? place.turn : null;
}
