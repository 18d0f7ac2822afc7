import type { Translation } from '../../language.ts';
import { menge, umfang, worauf } from './format.ts';

/** What the demo model says of itself. */
const DEMO =
  'A tiny KOSMOS-2 that knows drawn scenes of 164 kinds of things (animals, food, vehicles, buildings, clothes); it does not know photographs.';

export const header: Translation = {
  header: {
    where: 'in deinem Browser',
    model: 'Demomodell',
    failed: 'Läuft nicht',
    backend: ({ kind, adapter }) => (kind === 'webgpu' ? `WebGPU, ${adapter}` : worauf(adapter)),
    bytes: (bytes) => umfang(bytes),
    chipLabel: 'Was läuft',
  },
  details: {
    title: 'Was läuft',
    model: 'Modell',
    demo: (said) =>
      said !== DEMO
        ? said
        : 'Ein winziges KOSMOS-2, das gezeichnete Szenen mit 164 Arten von Dingen kennt (Tiere, Essen, Fahrzeuge, Gebäude, Kleidung); Fotos kennt es nicht.',
    size: 'Größe',
    licence: 'Lizenz',
    scheme: 'Gewichte',
    runsOn: 'Läuft auf',
    adapter: 'Adapter',
    adapterName: worauf,
    activation: 'Aktivierungen',
    build: 'Runtime',
    capacity: 'Platz',
    backend: { webgpu: 'WebGPU', wasm: 'CPU (WebAssembly)', native: 'onnxruntime-node' },
    runtime: (build) => `ONNX Runtime Web, ${build}-Build`,
    tokens: (count) => `${count} Token, Frage und Antwort`,
    kept: (pictures, answers) =>
      `Auf diesem Gerät behalten: ${menge(pictures, 'eigenes Bild', 'eigene Bilder')}, ${menge(answers, 'Antwort', 'Antworten')}.`,
    notKept: 'Dieser Browser behält nichts: Neu laden fängt von vorn an.',
    clear: 'Alles löschen',
    language: 'Sprache',
  },
  loadingWords: {
    waiting: 'Ein anderes Fenster ist noch dabei',
    mending: (done) => `Gespeichertes Modell wird geheilt, ${Math.floor(100 * done)} %`,
    download: (name, received, total) => `${name}, ${received} von ${total} MB`,
    runtime: 'Runtime startet',
    build: 'Graphen entstehen',
    compile: 'Wird für deine GPU übersetzt',
    warmup: 'Läuft warm',
  },
  privacy: {
    sent: (bytes) =>
      bytes === 1 ? '1 Byte gesendet' : `${bytes < 1000 ? bytes : bytes.toLocaleString('de')} Bytes gesendet`,
    about:
      'Was diese Seite und ihre Worker seit dem Öffnen irgendwohin gesendet haben, an jedem Ausgang gezählt. Bilder und Fragen bleiben auf diesem Gerät.',
  },
  offline: {
    works: 'Geht ohne Netz',
    update: 'Neue Fassung bereit',
    updateLabel: 'Die neuere Fassung starten; die Seite lädt neu',
    ask: (unkept) =>
      `Für die neuere Fassung lädt die Seite neu. Was begonnen und noch nicht fertig ist, bricht ab; ${unkept ? 'von dem Fertigen hat dieser Browser nicht alles behalten, und was fehlt, ist dann weg' : 'was fertig ist, bleibt'}.`,
    start: 'Starten',
    notNow: 'Jetzt nicht',
    otherWindows: (count) =>
      count === 1 ? 'Schließ zuerst das andere Fenster' : `Schließ zuerst die ${count} anderen Fenster`,
  },
};
