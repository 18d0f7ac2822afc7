// React sets itself up in a task of its own: with what stands before and behind it, a slow processor would keep the page from
// answering for long.
import './common/first-turn.ts';
import 'react-dom/client';
import { nextTurn } from './common/next-turn.ts';

await nextTurn();
