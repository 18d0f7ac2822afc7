import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { folderUrl } from '../../protocol/folder-url.ts';
import { backendChoice } from '../backend-choice.ts';
import { preferredLanguage, speak } from '../language.ts';
import { chosenModel } from '../models/chosen-model.ts';
import { BenchPage } from './BenchPage.tsx';

await speak(preferredLanguage());

const named = new URLSearchParams(location.search).get('model') ?? chosenModel() ?? 'models/demo/';
const root = document.getElementById('root');
if (!root) throw new Error('bench.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <BenchPage model={folderUrl(named, document.baseURI)} backend={backendChoice(location.search)} />
  </StrictMode>,
);
