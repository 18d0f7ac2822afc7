import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { folderUrl } from '../../protocol/folder-url.ts';
import { backendChoice } from '../backend-choice.ts';
import { leaveCredentials } from '../common/leave-credentials.ts';
import { preferredLanguage, speak } from '../language.ts';
import { chosenModel } from '../models/chosen-model.ts';
import { BenchPage } from './BenchPage.tsx';

/** Counted runs of each stage; `?runs=` asks for others. */
const USUAL_RUNS = 5;

await leaveCredentials();
await speak(preferredLanguage());

const query = new URLSearchParams(location.search);
const named = query.get('model') ?? chosenModel() ?? 'models/demo/';
const runs = Math.min(50, Math.max(1, Number(query.get('runs')) || USUAL_RUNS));
const root = document.getElementById('root');
if (!root) throw new Error('bench.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <BenchPage model={folderUrl(named, document.baseURI)} backend={backendChoice(location.search)} runs={runs} />
  </StrictMode>,
);
