import type { Translation } from '../language.ts';
import { bench } from './german/bench.ts';
import { composer } from './german/composer.ts';
import { conversation } from './german/conversation.ts';
import { correcting } from './german/correcting.ts';
import { diagnostics } from './german/diagnostics.ts';
import { dialog } from './german/dialog.ts';
import { errors } from './german/errors.ts';
import { evaluation } from './german/evaluation.ts';
import { exporting } from './german/exporting.ts';
import { getKosmos2 } from './german/get-kosmos2.ts';
import { header } from './german/header.ts';
import { maker } from './german/maker.ts';
import { models } from './german/models.ts';
import { options } from './german/options.ts';
import { shortcuts } from './german/shortcuts.ts';
import { stage } from './german/stage.ts';
import { xray } from './german/xray.ts';

/** The page in German. */
export const german: Translation = {
  ...bench,
  ...composer,
  ...correcting,
  ...conversation,
  ...diagnostics,
  ...dialog,
  ...errors,
  ...evaluation,
  ...exporting,
  ...getKosmos2,
  ...header,
  ...maker,
  ...models,
  ...options,
  ...shortcuts,
  ...stage,
  ...xray,
};
