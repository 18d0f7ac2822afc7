import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { folderUrl } from '../../protocol/folder-url.ts';
import { backendChoice } from '../backend-choice.ts';
import { leaveCredentials } from '../common/leave-credentials.ts';
import { preferredLanguage, speak } from '../language.ts';
import { chosenModel } from '../models/chosen-model.ts';
import { EvaluationPage } from './EvaluationPage.tsx';

await leaveCredentials();
await speak(preferredLanguage());

const named = new URLSearchParams(location.search).get('model') ?? chosenModel() ?? 'models/demo/';
const root = document.getElementById('root');
if (!root) throw new Error('evaluation.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <EvaluationPage model={folderUrl(named, document.baseURI)} backend={backendChoice(location.search)} />
  </StrictMode>,
);
