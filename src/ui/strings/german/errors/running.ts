import { type Sentences, says } from './says.ts';

/** Of what runs the model. */
export const running = {
  WEBGPU_UNAVAILABLE: [
    says(
      ['reason'],
      ({ reason }) =>
        `Die GPU dieses Browsers ließ sich nicht starten (${reason}). Lass das Modell auf der CPU laufen, oder starte den Browser neu.`,
    ),
    'Dieser Browser gibt der Seite kein WebGPU. Lass das Modell auf der CPU laufen, oder nimm einen aktuellen Chrome, Edge, Safari oder Firefox.',
  ],
  DEVICE_LOST: [
    'Die GPU ging mitten in der Arbeit verloren (ein neu gestarteter Treiber, ein Gerät im Schlaf). Frag nochmal: Das Modell startet von selbst neu.',
  ],
  OUT_OF_MEMORY: [
    says(
      ['model'],
      ({ model }) =>
        `Die Seite ging zu, während sie das Modell „${model}“ öffnete, vermutlich aus Mangel an Speicher; darum läuft das Demomodell. Gespeichert ist es noch: Schließ andere Tabs und benutze es unter Modelle nochmal, oder hol ein kleineres.`,
    ),
    'Der Speicher hat nicht gereicht. Schließ andere Tabs und versuch es nochmal, oder nimm ein kleineres Bild oder Modell.',
  ],
  RUNTIME_FAILED: [
    says(['part'], () => 'Das Modell rechnet auf diesem Gerät keine brauchbaren Zahlen. Lass es auf der CPU laufen.'),
    says(
      ['reason'],
      ({ reason }) =>
        `Das Modell ließ sich hier nicht ausführen: ${String(reason).slice(0, 300)}. Versuch es nochmal. Lief es auf der GPU, lass es auf der CPU laufen; wenn nicht, hol das Modell nochmal, denn vielleicht sind seine Dateien beschädigt.`,
    ),
  ],
  SELF_TEST_FAILED: [
    says(
      ['runsOn', 'agreed', 'positions', 'next'],
      ({ runsOn, agreed, positions, next }) =>
        `Das Modell rechnet auf ${runsOn === 'wasm' ? 'dieser CPU' : 'dieser GPU'} falsch: Nur ${agreed} von ${positions} Token einer aufgezeichneten Antwort kommen heraus. ${next === 'another' ? 'Es startet auf andere Weise neu.' : 'Trau seinen Antworten nicht; nimm einen anderen Browser oder ein anderes Gerät.'}`,
    ),
    says(
      ['activation'],
      ({ activation }) =>
        `Diese GPU rechnet mit ${activation === 'f16' ? '16' : '32'}-Bit-Zahlen falsch: Sie hat die Probe mit einer aufgezeichneten Antwort nicht bestanden.`,
    ),
  ],
  WORKER_LOST: [
    says(
      ['script', 'file', 'answer'],
      ({ script, file, answer }) =>
        `Eine Datei der Runtime (${script}), ${file}, liegt nicht auf ihrem Server (${answer}). Lade die Seite neu; hilft das nicht, sag denen Bescheid, die sie betreiben: Nur sie können die Datei dort hinlegen.`,
    ),
    says(
      ['script', 'reason'],
      ({ script, reason }) =>
        `Die Runtime (${script}) ließ sich nicht holen oder starten: ${reason}. Prüf die Verbindung und versuch es nochmal; hilft das nicht, lade die Seite neu.`,
    ),
    says(
      ['script'],
      ({ script }) =>
        `Der Teil der Seite, ${script === 'importer' ? 'der Modelle speichert' : 'in dem das Modell läuft'}, ließ sich nicht holen oder starten. Prüf die Verbindung und versuch es nochmal; hilft das nicht, lade die Seite neu.`,
    ),
    says(
      ['part'],
      () =>
        'Der Worker, der gemessen hat, ist beendet. Vielleicht reicht der Speicher nicht: Schließe andere Tabs und miss nochmal.',
    ),
    says(
      ['what'],
      () =>
        'Der Teil der Seite, der Modelle speichert, ist stehen geblieben. Was fertig ist, bleibt: Starte nochmal, es geht weiter.',
    ),
    'Der Teil der Seite, in dem das Modell läuft, ist stehen geblieben (oft aus Mangel an Speicher). Nichts ist verloren: Frag nochmal, es startet neu.',
  ],
  PART_FETCH_FAILED: ['Ein Teil der Seite ließ sich nicht holen. Prüf die Verbindung und lade die Seite dann neu.'],
  ENGINE_NOT_READY: ['Das Modell ist noch nicht offen. Warte, bis es bereit ist, und frag dann nochmal.'],
  CANCELLED: [
    says(
      ['unfinished'],
      ({ unfinished }) =>
        `Gestoppt. Im Ordner „${unfinished}“ am gewählten Ort liegt jetzt kein ganzes Modell mehr, was auch vorher dort lag. Exportier nochmal an denselben Ort, dann geht es weiter.`,
    ),
    'Gestoppt.',
  ],
  INTERNAL: [
    says(['reason'], ({ reason }) => `Interner Fehler: ${reason}. Versuch es nochmal.`),
    'Interner Fehler. Lade die Seite neu.',
  ],
} satisfies Sentences;
