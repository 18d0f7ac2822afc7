import { fileList } from '../../../evaluation/datasets/file-list.ts';
import type { Translation } from '../../language.ts';
import { comma, menge } from './format.ts';

const proben = (number: number) => menge(number, 'Probe', 'Proben');
const kaesten = (number: number) => (number === 0 ? 'kein Kasten' : menge(number, 'Kasten', 'Kästen'));

/** The titles that are no names. */
const TITEL: Readonly<Record<string, string>> = {
  'refcocog-naming': 'RefCOCOg, Benennungen',
  'flickr30k-captions': 'Beschreibungen von Flickr30k',
  'coco-captions': 'Beschreibungen von COCO',
  scenes: 'Gezeichnete Szenen',
};

const ANMERKUNGEN: Readonly<Record<string, string>> = {
  flickr30k:
    'Nach welchem Protokoll das Paper Ausdrücke mit mehreren Kästen gezählt hat, ist hier nicht bekannt: Beide stehen da.',
  'refcocog-naming':
    'Ohne Strahlsuche. METEOR nur mit gleichen Wörtern ist niedriger als jedes METEOR in Papers: nicht vergleichbar.',
  'flickr30k-captions':
    'Ohne Strahlsuche; die Beschreibungen des Papers kamen aus einer mit fünf Strahlen. METEOR nur mit gleichen Wörtern: nicht vergleichbar.',
  'coco-captions': 'Ohne Strahlsuche. METEOR nur mit gleichen Wörtern: nicht vergleichbar.',
  vqav2: 'Der veröffentlichte Wert ist der von test-dev, dessen Antworten nicht öffentlich sind.',
};

/** Words in the names of metrics. */
const MASSE = [
  ['accuracy', 'Genauigkeit'],
  ['mean IoU', 'mittlere IoU'],
  ['merged boxes', 'vereinte Kästen'],
  ['corners between cells', 'Ecken zwischen Zellen'],
  ['exact words only', 'nur gleiche Wörter'],
] as const;

const BLEIBT_NICHT = 'Dieser Browser kann sie nicht behalten: Speichere die Ergebnisse, bevor du die Seite schließt.';

export const evaluation: Translation = {
  evaluation: {
    title: 'Auswertung',
    about:
      'Misst, wie gut ein Modell ist: Es wird hier im Browser nach jeder Probe eines Datensatzes gefragt, und was es sagt, wird mit dem verglichen, was Menschen gesagt haben. Der Datensatz bleibt auf diesem Gerät, in seinen eigenen Dateien.',
    back: 'Zurück zu den Bildern',
    model: (name) => `Modell: ${name}`,
    tasks: {
      grounding: 'Ausdrücke finden',
      comprehension: 'Beschriebenes finden',
      naming: 'Bereiche benennen',
      captioning: 'beschreiben',
      answering: 'Fragen beantworten',
    },
    dataset: 'Datensatz',
    datasetTitle: (dataset, title) => TITEL[dataset] ?? title,
    note: (dataset, note) => ANMERKUNGEN[dataset] ?? note,
    metric: (metric) => MASSE.reduce((words, [english, german]) => words.replace(english, german), metric),
    split: 'Teil',
    limit: 'Höchstens so viele Proben',
    compose: 'Szenen zusammenstellen',
    folder: 'Ordner wählen…',
    holds: (files) =>
      `Im Ordner liegen ${fileList([...files, ['die Bilder']], 'de')}. Er kann auch hier abgelegt werden.`,
    samples: (number, title) => `${title}: ${proben(number)}.`,
    run: 'Beginnen',
    goOn: 'Fortsetzen',
    stop: 'Anhalten',
    take: 'Ergebnisse öffnen…',
    saveLines: 'Ergebnisse speichern',
    saveSummary: 'Zahlen speichern',
    forget: 'Von vorn',
    forgetting: (outcomes) =>
      `Löschen, was zu ${menge(outcomes, 'Probe', 'Proben')} da ist? „Ergebnisse speichern“ behält es als Datei.`,
    doForget: 'Löschen',
    keep: 'Behalten',
    reading: 'Der Datensatz wird gelesen',
    opening: 'Das Modell wird geöffnet',
    soFar: (percent) => `${percent} %`,
    running: (done, all, secondsLeft, keeps) =>
      `${done} von ${all} beantwortet${secondsLeft === null ? '' : `, noch etwa ${dauer(secondsLeft)}`}.${bleibt(keeps, 'Jede Antwort bleibt in diesem Browser.')}`,
    stopped: (done, all, keeps) =>
      done === 0 ? 'Angehalten.' : `Bei ${done} von ${all} angehalten.${bleibt(keeps, 'Was beantwortet ist, bleibt.')}`,
    taken: (answered, all, keeps) =>
      `${answered} von ${all} beantwortet, mit denen der Datei. ${answered === all ? 'Was aus der Datei kam, bleibt nicht in diesem Browser: Behalte die Datei.' : `„Fortsetzen“ fragt nach den anderen.${bleibt(keeps, 'Auch diese bleiben dann in diesem Browser.')}`}`,
    done: (answered, all) =>
      answered === all
        ? `Alle ${all} beantwortet.`
        : `${answered} von ${all} beantwortet. „Fortsetzen“ fragt noch einmal nach den anderen, sobald da ist, was ihnen fehlte.`,
    unreadable: (name) => `${name} lässt sich nicht mehr lesen. Bitte den Ordner noch einmal wählen.`,
    folderGone: (place) =>
      `Weder ${place} noch, was daneben liegt, lässt sich noch lesen: Die Platte oder der Ordner ist weg. Bring sie zurück und mach weiter oder wähl den Ordner nochmal.`,
    noPicture: (name) => `Das Bild ${name} liegt nicht im Ordner.`,
    twoPictures: (name, place, other) =>
      `Das Bild ${name} liegt zweimal im Ordner, als ${place} und als ${other}. Bitte einen Ordner wählen, in dem es nur einmal liegt.`,
    figures: (answered, failed) => `Zahlen aus ${proben(answered)}${failed > 0 ? `, ${failed} gescheitert` : ''}`,
    here: 'Hier',
    published: 'KOSMOS-2, veröffentlicht',
    figure: (value) => comma(value.toFixed(1)),
    categories: 'Nach Art',
    samplesColumn: 'Proben',
    viewer: 'Antworten',
    showAll: 'Auch die richtigen',
    category: 'Art',
    everyCategory: 'alle',
    previous: 'Zurück',
    next: 'Weiter',
    place: (at, all) => `${at} von ${all}`,
    noneWrong: 'Bisher nichts Falsches.',
    picture: (name) => `Das Bild ${name} mit den Kästen`,
    asked: 'Gefragt',
    expected: 'Richtig',
    got: 'Geantwortet',
    sample: 'Probe',
    boxes: kaesten,
    found: (number, overlap) =>
      number === 0 ? 'kein Kasten' : `${kaesten(number)}, der erste überdeckt zu ${(100 * overlap).toFixed(0)} %`,
    nothingSaid: 'nichts',
  },
};

/** What there is to say of keeping, behind a sentence: nothing while it is not known. */
function bleibt(keeps: boolean | null, words: string): string {
  return keeps === null ? '' : ` ${keeps ? words : BLEIBT_NICHT}`;
}

function dauer(seconds: number): string {
  if (seconds < 120) return menge(Math.ceil(seconds), 'Sekunde', 'Sekunden');
  if (seconds < 7200) return menge(Math.round(seconds / 60), 'Minute', 'Minuten');
  return `${comma((seconds / 3600).toFixed(1))} Stunden`;
}
