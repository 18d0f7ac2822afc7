import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../protocol/client.ts';
import { AppError, toAppError } from '../protocol/errors.ts';
import type { InspectionSource, ModelInspection } from '../protocol/inspection.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import type { SceneTruth } from '../scenes/truth.ts';
import { type AppState, type Dialog, type Draft, EMPTY_DRAFT, initialState, type Place } from './app-state.ts';
import { ask, askAgain, replaceTurn } from './ask.ts';
import { askAll } from './ask-all.ts';
import { changeImage } from './change.ts';
import type { Context } from './context.ts';
import { editing, emptied, recalled, taskAbout } from './draft.ts';
import { adding, remembering } from './late-parts.ts';
import { notify } from './notify.ts';
import { onStage } from './on-stage.ts';
import { type ModelAddresses, openModel } from './open-model.ts';
import type { PageImage } from './page-image.ts';
import { prepareShownImage } from './prepare-shown.ts';
import { type RegionActions, regionActions } from './region-actions.ts';
import { createRunner } from './runner.ts';
import { openDatabase } from './saved/database.ts';
import { type Keeper, keepSaved } from './saved/keep.ts';
import { restore } from './saved/restore.ts';
import { tellNotKept, tellTooMuch } from './saved/tell-not-kept.ts';
import { lockedVisits, type Visits } from './saved/visits.ts';
import type { Settings } from './settings.ts';
import { isOver, type Memory, regionsOf, type Task } from './turn.ts';
import { type TurnActions, turnActions } from './turn-actions.ts';

export interface AppOptions extends ModelAddresses {
  /** Address of the model to begin with, by default the one of the page. */
  readonly chosenModel?: string | undefined;
  /** Hears the address of a stored model that is no longer there. */
  readonly onGone?: (address: string) => void;
  readonly samples: readonly [PageImage, ...PageImage[]];
  readonly backend: BackendChoice;
  /** Name of the database in which pictures and conversations are kept; without one nothing is. */
  readonly savedAs?: string;
}

/** Everything a person can do. */
export interface Actions extends TurnActions, RegionActions {
  /** Brings back what this browser kept, and keeps everything from now on. To be called once, before `open`. */
  restore(): Promise<void>;
  /** Stores at once what is not stored yet. */
  save(): Promise<void>;
  /** Opens the model, on another backend where one is named. */
  open(backend?: BackendChoice): Promise<void>;
  /**
   * Opens the model at an address (`stored:<name>` for one in this browser) in place of the one before; null for the one
   * that comes with the page.
   */
  use(address: string | null): Promise<void>;
  /** What a model is and needs, before its weights are fetched. */
  inspect(source: InspectionSource, signal?: AbortSignal): Promise<ModelInspection>;
  ask(task: Task): void;
  /** Asks what the composer holds and empties it. @returns false while words are missing */
  send(): boolean;
  /** Asks what the composer holds of every picture. @returns false while words are missing */
  sendToAll(): boolean;
  /** Stops what was asked of every picture. */
  stopAll(): void;
  askAgain(turnId: string): void;
  set(change: Partial<Settings>): void;
  /** How many earlier turns would be read before what the composer holds; null where that cannot be said. */
  measureMemory(): Promise<Memory | null>;
  openDialog(dialog: Dialog): void;
  closeDialog(): void;
  /** Stops a turn; the running one where none is named. */
  stop(turnId?: string): void;
  /** Puts the question of a turn into the composer; the next one asked takes its place. */
  editTurn(turnId: string): void;
  /** Gives up editing: the composer holds again what was written before. */
  endEditing(): void;
  /** Changes what the composer holds; phrases of its words are to be found anew where these change. */
  edit(change: Partial<Draft>): void;
  /** Puts the words asked last into an empty composer. */
  recall(): void;
  addImages(files: Iterable<Blob>): Promise<void>;
  /** Adds the picture of a scene of which all is known; its caption writes itself. @returns whether it could be opened */
  addScene(picture: File, truth: SceneTruth): Promise<boolean>;
  showImage(id: string): void;
  point(place: Place | null): void;
  select(place: Place | null): void;
  /** Shows the boxes of all answers alike. */
  showAllBoxes(): void;
  /** Tells of a failure that belongs to no turn. */
  tell(error: AppError): void;
  dismiss(noticeId: string): void;
}

/** The store and the verbs that change it: all of the page but its looks. */
export interface App {
  readonly store: StoreApi<AppState>;
  readonly actions: Actions;
  /** Ends what goes on behind the page. The engine is its owner's. */
  close(): void;
}

export function createApp(engine: EngineClient, options: AppOptions): App {
  const using = options.chosenModel ?? null;
  const store = createStore<AppState>()(() => ({ ...initialState(options.samples, options.backend), using }));
  const session = Date.now().toString(36);
  let lastId = 0;
  let keeper: Keeper | null = null;
  let visits: Visits | null = null;
  let lastOpening = 0;
  const context: Context = {
    engine,
    store,
    given: new Set(),
    giving: new Map(),
    nextId: (kind) => `${kind}-${session}-${++lastId}`,
  };
  const runner = createRunner(context);
  prepareShownImage(context);

  async function addLate(files: readonly Blob[], truth: SceneTruth | null = null): Promise<boolean> {
    try {
      return await (await adding()).addImages(context, files, truth);
    } catch (thrown) {
      notify(context, toAppError(thrown));
      return false;
    }
  }

  /** A browser may clear what it stores: the model that comes with the page is always there. @returns false where none was cleared */
  async function replaceGone(): Promise<boolean> {
    const { using, engine } = store.getState();
    if (using === null || engine.phase !== 'failed' || engine.error.code !== 'PACKAGE_FILE_MISSING') return false;
    notify(context, engine.error);
    options.onGone?.(using);
    await actions.use(null);
    return true;
  }

  const actions: Actions = {
    ...turnActions(context, runner),
    ...regionActions(context, (task) => actions.ask(task)),
    async restore() {
      const database = options.savedAs === undefined ? null : await openDatabase(options.savedAs);
      if (!database) {
        store.setState({ keeping: false });
        return;
      }
      try {
        visits = lockedVisits();
        // What is asked here is this window's before another may read of it.
        void visits.take(session);
        const known = await restore(store, database, visits);
        keeper = keepSaved(
          store,
          database,
          known,
          (thrown) => tellNotKept(context, thrown),
          () => tellTooMuch(context),
        );
        store.setState({ keeping: true });
      } catch (thrown) {
        store.setState({ keeping: false });
        tellNotKept(context, thrown);
      }
    },
    save: async () => keeper?.flush(),
    async open(backend = options.backend) {
      const opening = ++lastOpening;
      const isLatest = () => opening === lastOpening;
      context.given = new Set();
      const modelUrl = store.getState().using ?? options.modelUrl;
      await openModel(context, { ...options, modelUrl }, backend, isLatest);
      if (!isLatest() || (await replaceGone())) return;
      // Not in the task that shows the model's arrival.
      await new Promise((resolve) => setTimeout(resolve));
      runner.wake();
    },
    inspect: (source, signal) => engine.inspect(source, { backend: options.backend, signal }),
    async use(address) {
      store.setState({ using: address });
      await actions.open();
    },
    ask(task) {
      actions.takeSketch();
      ask(context, task);
      runner.wake();
    },
    send() {
      const { current, draft, turns } = store.getState();
      const { replaces } = draft;
      const task = taskAbout(store.getState(), turns[replaces ?? '']?.image ?? current);
      if (!task) return false;
      actions.takeSketch();
      // A failed one may have been asked again meanwhile.
      if (replaces !== null) actions.stop(replaces);
      if (replaces === null || !replaceTurn(context, replaces, task)) ask(context, task);
      store.setState(({ draft }) => ({ draft: emptied(draft, regionsOf(task)) }));
      runner.wake();
      return true;
    },
    sendToAll() {
      const sent = askAll(context);
      runner.wake();
      return sent;
    },
    stopAll() {
      for (const id of store.getState().batch) actions.stop(id);
      store.setState({ batch: [] });
    },
    set: (change) => store.setState(({ settings }) => ({ settings: { ...settings, ...change } })),
    async measureMemory() {
      // One that was lost is opened again for a question, and not for this.
      if (store.getState().engine.phase !== 'ready') return null;
      return remembering().then(
        ({ measureMemory }) => measureMemory(context),
        () => null,
      );
    },
    openDialog: (dialog) => store.setState({ dialog, selected: null }),
    closeDialog: () => store.setState({ dialog: null }),
    askAgain(turnId) {
      askAgain(context, turnId);
      runner.wake();
    },
    stop(turnId = store.getState().running ?? undefined) {
      const turn = turnId === undefined ? undefined : store.getState().turns[turnId];
      if (turn && !isOver(turn)) runner.stop(turn.id);
    },
    editTurn(turnId) {
      const turn = store.getState().turns[turnId];
      if (!turn) return;
      actions.showImage(turn.image);
      actions.stop(turnId);
      store.setState(({ draft }) => ({ draft: editing(draft, turn), correcting: null }));
    },
    endEditing: () =>
      store.setState(({ draft }) => (draft.replaces === null ? {} : { draft: draft.aside ?? EMPTY_DRAFT })),
    edit(change) {
      // Phrases that were found or marked belong to the text as it was.
      const stale = change.words === undefined ? {} : { spans: null };
      store.setState(({ draft }) => ({ draft: { ...draft, ...stale, ...change } }));
    },
    recall: () => store.setState((state) => ({ draft: recalled(state) })),
    async addImages(files) {
      await addLate([...files]);
    },
    async addScene(picture, truth) {
      const added = await addLate([picture], truth);
      runner.wake();
      return added;
    },
    showImage(id) {
      actions.takeSketch();
      store.setState((state) => onStage(state, id));
      runner.wake();
    },
    point: (pointed) => store.setState({ pointed }),
    select(selected) {
      // Handles and keys change one box: the drawn one makes way.
      if (selected) actions.takeSketch();
      store.setState({ selected, picked: null });
    },
    showAllBoxes: () =>
      store.setState((state) => ({
        selected: null,
        picked: null,
        ...changeImage(state, state.current, { focus: null }),
      })),
    tell: (error) => notify(context, error),
    dismiss: (id) => store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
  engine.onRecovering((engine) => {
    store.setState({ engine });
    void replaceGone();
  });
  engine.onRecovered((model) => {
    store.setState({ engine: { phase: 'ready', model } });
    runner.wake();
  });
  engine.onLost(() => store.setState({ capture: null }));
  engine.onCapture((capture) => store.setState({ capture }));
  engine.onSelfTest(({ passed, message, positions, agreed, backend, another }) => {
    if (passed) return;
    const details = { positions, agreed, runsOn: backend.kind, next: another ? 'another' : 'none' };
    // A model that was lost fails again when it is back.
    const isTold = store.getState().notices.some(({ error }) => error.message === message);
    if (!isTold) notify(context, new AppError('SELF_TEST_FAILED', message, details));
    if (another) void actions.open();
  });
  const close = () => {
    keeper?.close();
    visits?.close();
  };
  return { store, actions, close };
}
