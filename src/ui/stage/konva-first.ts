// Konva sets itself up while it is evaluated: the nodes in one task, the canvas around them in the next, each short.
import 'konva/lib/Shape.js';
import { nextTurn } from '../common/next-turn.ts';

await nextTurn();
