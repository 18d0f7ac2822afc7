// React sets itself up, and whatever is imported after this module in another task: on a slow processor the two together would
// keep the page from answering for long.
import 'react-dom/client';
import { nextTurn } from './common/next-turn.ts';

await nextTurn();
