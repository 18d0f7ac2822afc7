import type { Translation } from '../../language.ts';
import { comma, umfang } from './format.ts';

const dauer = (left: number) => {
  const minutes = Math.ceil(left / 60);
  if (minutes < 2) return `${Math.ceil(left)} s`;
  return minutes < 120 ? `${minutes} min` : `${comma((minutes / 60).toFixed(1))} h`;
};

export const getKosmos2: Translation = {
  getKosmos2: {
    title: 'Das ganze KOSMOS-2 holen',
    about: (keeps) =>
      `Das Demomodell kennt gezeichnete Szenen. Das ganze KOSMOS-2 kennt die Welt: deine Fotos, in eigenen Worten, mit Kästen.${keeps ? ' Es wird einmal geholt, auf diesem Gerät verpackt und bleibt in diesem Browser.' : ''}`,
    ready: 'Es ist in diesem Browser schon gespeichert.',
    begun: (bytes) =>
      `Ein früherer Versuch hat ${umfang(bytes)} hinterlassen. Von dort geht es weiter, wenn es vom selben Ort kam.`,
    given: (model: string) => `Dieser Seite wurde ein anderes Modell genannt: ${model}.`,
    hosted: 'Diese Seite hat es fertig da: weniger zu holen, nichts zu verpacken.',
    look: 'Ansehen',
    again: 'Nochmal ansehen',
    fromLink: (address) =>
      `Der Link, dem du gefolgt bist, nennt ein Modell bei ${address}. Dorthin ging noch nichts; öffne es nur, wenn du ihm vertraust.`,
    bytes: (bytes) => umfang(bytes),
    toFetch: 'Zu holen',
    toRead: 'Zu lesen',
    time: 'Dauer',
    times: (at50, at100, keeps) =>
      `Etwa ${dauer(at50)} bei 50 Mbit/s, ${dauer(at100)} bei 100 Mbit/s.${keeps ? ' Du kannst anhalten und ein andermal weitermachen.' : ''}`,
    packing: (seconds) => `Etwa ${dauer(seconds)} zum Verpacken.`,
    kept: 'Bleibt gespeichert',
    schemes: { q4: 'beste Antworten', 'q4-small': 'kleiner, etwas ungenauer' },
    scheme: (words, bytes) => `${umfang(bytes)}, ${words}`,
    free: 'Frei ist hier',
    untold: 'Dieser Browser sagt es nicht.',
    device: 'Dieses Gerät',
    gpu: ({ adapter, largestBuffer, largestBinding, f16 }) =>
      [
        adapter,
        `Puffer bis ${umfang(largestBuffer)}, ${umfang(largestBinding)} auf einmal gelesen`,
        f16 ? 'float16' : 'kein float16',
      ]
        .filter(Boolean)
        .join(', '),
    noGpu: 'Keine GPU, die die Seite benutzen kann',
    memory: (bytes) => `Arbeitsspeicher ${bytes >= 8 * 2 ** 30 ? '8 GB oder mehr' : `etwa ${umfang(bytes)}`}`,
    looking: 'Wird angesehen',
    lookingAt: (source) => `${source} wird angesehen…`,
    metered: (bytes) =>
      `Diese Verbindung scheint begrenzt zu sein, oder es sollen Daten gespart werden. Das wären ${umfang(bytes)}.`,
    extras: (count, first) =>
      count === 1
        ? `Ein Tensor gehört nicht zu KOSMOS-2 und wird weggelassen: ${first}`
        : `${count} Tensoren gehören nicht zu KOSMOS-2 und werden weggelassen: ${first} und andere`,
    more: 'Andere Quelle',
    source: 'Repository oder Adresse',
    endpoint: 'Spiegel des Hubs',
    endpointExample: 'https://huggingface.co',
    token: 'Zugangstoken',
    tokenHelp: 'Nur für Repositorys, die eines verlangen. Es geht allein an den Hub und wird nirgends behalten.',
    start: 'Holen und vorbereiten',
    prepare: 'Vorbereiten',
    goOn: 'Weitermachen',
    fromFolder: 'Aus einem Ordner…',
    drop: 'Ein Checkpoint oder ein fertiges Modell liegt auf diesem Gerät? Wähle seinen Ordner oder zieh ihn hierher.',
    noFiles: 'Dort waren keine Dateien. Wähle den Ordner, in dem die config.json eines Modells liegt.',
    phase: {
      looking: 'Ansehen, was zu holen ist',
      checking: 'Prüfen, was ein früherer Versuch hinterlassen hat',
      working: 'Holen und verpacken',
      paused: 'Angehalten',
      failed: 'Stehen geblieben',
      discarding: 'Wird gelöscht',
    },
    soFar: (done, total) => `${umfang(done)} von ${umfang(total)}`,
    rate: (bytesPerSecond) => `${comma((bytesPerSecond / 1e6).toFixed(1))} MB/s`,
    left: (left) => `noch ${dauer(left)}`,
    progress: (model) => `${model} wird geholt`,
    stays:
      'Du kannst dies schließen und die Seite weiter benutzen. Lass den Tab offen; der Bildschirm bleibt an, solange er vorn ist.',
    refused: (other) =>
      `${other} wurde nicht angesehen, denn dieses Modell ist unterwegs. Lass es ankommen oder halte es an, dann nenn das andere nochmal.`,
    pause: 'Pause',
    resume: 'Weiter',
    cancel: 'Abbrechen',
    discard: (bytes) => `Die ${umfang(bytes)} löschen, die schon da sind?`,
    discardAny: 'Löschen, was schon da ist?',
    doDiscard: 'Löschen',
    keep: 'Behalten',
    leave:
      'Was schon da ist, tritt an die Stelle des Modells, das du hattest. Es bleibt unfertig, bis du es zu Ende holst. Trotzdem abbrechen?',
    doLeave: 'Unfertig lassen',
    stay: 'Jetzt nicht',
    openNow: 'Jetzt öffnen',
    getAgain: 'Neu holen',
    recorded: 'Aufgezeichnet: was das ganze Modell sagt',
    snowman: 'Ein Schneemann nachts an einem Lagerfeuer',
  },
};
