// First of all imports, so that nothing is sent before it counts.
import './privacy/sent-store.ts';
import './react-first.ts';

import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { toAppError } from '../protocol/errors.ts';
import { latePart } from '../protocol/late-part.ts';
import { createEngineClient } from '../protocol/worker-client.ts';
import { createApp } from '../state/store.ts';
import { backendChoice } from './backend-choice.ts';
import { captureWish } from './capture-wish.ts';
import { AppProvider } from './common/app-context.ts';
import { Boundary } from './common/Boundary.tsx';
import { leaveCredentials } from './common/leave-credentials.ts';
import { nextTurn } from './common/next-turn.ts';
import { warmFonts } from './common/warm-fonts.ts';
import { noteError } from './diagnostics/last-errors.ts';
import { followLink } from './follow-link.ts';
import { reflectEngine } from './header/reflect-engine.ts';
import { preferredLanguage, speak } from './language.ts';
import { chooseModel, chosenModel, DEMO, forgetGone, mayOffer } from './models/chosen-model.ts';
import { noSuchModel, offeredModel } from './models/offered-model.ts';
import { diedOpening, noteOpening } from './models/opening-note.ts';
import { takeIncoming } from './offline/incoming-pictures.ts';
import { startService } from './offline/start-service.ts';
import { Page } from './Page.tsx';
import { PageFailed } from './PageFailed.tsx';
import { withSentCounted } from './privacy/sent-store.ts';
import { samples } from './samples.ts';

const offering = latePart(() => import('./models/offer-model.ts'));

await leaveCredentials();
await speak(preferredLanguage());
await nextTurn();

// What ended the tab at the last visit would end it again.
const died = await diedOpening();
if (died !== null) chooseModel(DEMO);
const engine = createEngineClient(() =>
  withSentCounted(new Worker(new URL('../../workers/inference.ts', import.meta.url), { type: 'module' })),
);
const app = createApp(engine, {
  samples: samples(),
  modelUrl: new URL('models/demo/', document.baseURI).href,
  selfTestsUrl: new URL('self-test/', document.baseURI).href,
  backend: backendChoice(location.search),
  capture: captureWish(location.search),
  chosenModel: chosenModel() ?? undefined,
  onGone: forgetGone,
  savedAs: 'kosmos2-conversations',
});
reflectEngine(app, document.documentElement);
noteOpening(app);
if (died !== null) {
  void import('./models/tell-died.ts').then(
    ({ tellDied }) => tellDied(app, died),
    (thrown) => app.actions.tell(toAppError(thrown)),
  );
}
engine.onLost(() => noteError('the worker that runs the model was lost'));
engine.onRecovered(({ backend }) => noteError(`the model runs again, on ${backend.kind} in ${backend.activation}`));
startService(app);
takeIncoming(app, new URL(location.href));
void app.actions.restore().then(async () => {
  followLink(app);
  addEventListener('hashchange', () => followLink(app));
  await app.actions.open();
  const offered = offeredModel(location.search, document.baseURI, import.meta.env.VITE_MODEL_URL);
  const named = new URLSearchParams(location.search).get('model');
  const fromLink = named !== null;
  if (offered === null && named) app.actions.tell(noSuchModel(named));
  if (offered === null || (!fromLink && !mayOffer(offered))) return;
  await offering().then(
    ({ offerModel }) => offerModel(app, offered, fromLink),
    (thrown) => app.actions.tell(toAppError(thrown)),
  );
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
// What the page looks like stands there already: the rest comes in short pieces, once no layout has to wait for a font.
await warmFonts().catch(() => undefined);
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <AppProvider value={app}>
        <Boundary fallback={(reason, again) => <PageFailed reason={reason} again={again} />}>
          <Page />
        </Boundary>
      </AppProvider>
    </StrictMode>,
  ),
);
