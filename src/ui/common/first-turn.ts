import { nextTurn } from './next-turn.ts';

// What is imported before this module is set up in one task, what is imported behind it in another.
await nextTurn();
