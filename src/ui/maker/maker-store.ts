import { createStore } from 'zustand/vanilla';
import { composeScene, roomFor } from '../../scenes/compose.ts';
import { type ThingChange, withChange, withoutThing, withThing } from '../../scenes/edit.ts';
import type { Kind } from '../../scenes/kinds.ts';
import type { Scene, Thing } from '../../scenes/scene.ts';
import { noteBegun } from '../common/begun-store.ts';

/** The scene being made and the way back; it outlives the dialog, so that closing it loses nothing. */
export interface Making {
  readonly scene: Scene;
  /** Id of the thing that tools and keys change. */
  readonly selected: number | null;
  /** Scenes before and after this one, newest last and next first. */
  readonly before: readonly Scene[];
  readonly after: readonly Scene[];
  /** What is going on as one step, such as a drag. */
  readonly gesture: string | null;
}

/** Nobody takes back more steps than this. */
const MOST_STEPS = 100;

export const makerStore = createStore<Making>()(() => ({
  scene: composeScene(someSeed()),
  selected: null,
  before: [],
  after: [],
  gesture: null,
}));
makerStore.subscribe((making, last) => {
  if (making.scene !== last.scene) noteBegun('scene', making.before.length > 0);
});

/** This scene has become a picture; one changed since is still to be lost. */
export function noteUsed(scene: Scene): void {
  if (makerStore.getState().scene === scene) noteBegun('scene', false);
}

/** Changes the scene; changes of one gesture are taken back together. */
export function edit(change: (scene: Scene) => Scene, gesture: string | null = null): void {
  const { scene, before, gesture: running } = makerStore.getState();
  const changed = change(scene);
  if (changed === scene) return;
  const together = gesture !== null && gesture === running;
  makerStore.setState({
    scene: changed,
    before: together ? before : [...before, scene].slice(-MOST_STEPS),
    after: [],
    gesture,
  });
}

/** Changes the thing of this id. */
export function change(id: number, by: ThingChange, gesture: string | null = null): void {
  edit((scene) => withChange(scene, id, by), gesture);
}

export function endGesture(): void {
  makerStore.setState({ gesture: null });
}

export function select(selected: number | null): void {
  makerStore.setState({ selected, gesture: null });
}

/** A new scene as the model was taught them. */
export function shuffle(): void {
  edit(() => composeScene(someSeed()));
  select(null);
}

export function clear(): void {
  edit((scene) => (scene.things.length === 0 ? scene : { ...scene, things: [] }));
  select(null);
}

/**
 * Adds a thing where there is room, or where it is told, and selects it.
 * @returns its id; null where the scene can hold no more
 */
export function add(kind: Kind, at?: Pick<Thing, 'x' | 'y'>, gesture: string | null = null): number | null {
  const { things } = makerStore.getState().scene;
  edit((scene) => withThing(scene, kind, { ...roomFor(kind, things, someSeed()), ...at }), gesture);
  const added = makerStore.getState().scene.things;
  if (added.length === things.length) return null;
  const id = added.at(-1)?.id ?? null;
  makerStore.setState({ selected: id });
  return id;
}

export function remove(id: number): void {
  edit((scene) => withoutThing(scene, id));
  select(null);
}

export function undo(): void {
  const { scene, selected, before, after } = makerStore.getState();
  const last = before.at(-1);
  if (last) turnTo(last, selected, { before: before.slice(0, -1), after: [scene, ...after] });
}

export function redo(): void {
  const { scene, selected, before, after } = makerStore.getState();
  const [next, ...rest] = after;
  if (next) turnTo(next, selected, { before: [...before, scene], after: rest });
}

function turnTo(scene: Scene, selected: number | null, steps: Pick<Making, 'before' | 'after'>): void {
  const there = scene.things.some(({ id }) => id === selected);
  makerStore.setState({ scene, selected: there ? selected : null, gesture: null, ...steps });
}

function someSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
