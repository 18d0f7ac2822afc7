import type { Translation } from '../../language.ts';

export const aufgaben = {
  describe: 'Kurz',
  detail: 'Genauer',
  find: 'Finden',
  ask: 'Fragen',
  refer: 'Bereich',
  plain: 'Nur Worte',
  caption: 'Bildzeile',
  choose: 'Auswählen',
  ground: 'Text verorten',
  fewshot: 'Nach Vorbild',
  language: 'Nur Text',
  expert: 'Experte',
} as const;

export const composer: Translation = {
  modes: {
    describe: { word: aufgaben.describe, placeholder: 'Eine Bildzeile', send: 'Los' },
    detail: { word: aufgaben.detail, placeholder: 'Eine längere Beschreibung', send: 'Los' },
    find: {
      word: aufgaben.find,
      placeholder: 'Was zu finden ist, auf Englisch: a turtle',
      send: 'Finden',
      missing: 'Schreib zuerst, was zu finden ist.',
    },
    ask: {
      word: aufgaben.ask,
      placeholder: 'Auf Englisch: What is on the left?',
      send: 'Fragen',
      missing: 'Schreib zuerst eine Frage.',
    },
    refer: {
      word: aufgaben.refer,
      placeholder: 'Was in einem Bereich des Bildes ist',
      send: 'Fragen',
      missing: 'Zeichne zuerst einen Bereich ins Bild oder klick einen Kasten an.',
    },
    plain: {
      word: aufgaben.plain,
      placeholder: 'Eine Frage, Antwort ohne Kästen',
      send: 'Fragen',
      missing: 'Schreib zuerst eine Frage.',
    },
    caption: { word: aufgaben.caption, placeholder: 'Eine Bildzeile ohne Kästen', send: 'Los' },
    choose: {
      word: aufgaben.choose,
      placeholder: 'Eine Frage; die Antworten darunter',
      send: 'Wählen',
      missing: 'Schreib eine Frage und mindestens zwei Antworten.',
    },
    ground: {
      word: aufgaben.ground,
      placeholder: 'Ein eigener Text auf Englisch',
      send: 'Verorten',
      missing: 'Schreib einen Text mit mindestens einem Ausdruck darin.',
    },
    fewshot: {
      word: aufgaben.fewshot,
      placeholder: 'Eine Frage, dieselbe für jedes Bild',
      send: 'Fragen',
      missing: 'Schreib eine Frage und ihre Antwort für mindestens ein anderes Bild.',
    },
    language: {
      word: aufgaben.language,
      placeholder: 'Ein Text, der weitergeht; ohne Bild',
      send: 'Weiter',
      missing: 'Schreib zuerst den Anfang eines Textes.',
    },
    expert: { word: aufgaben.expert, send: 'Los', missing: 'Schreib zuerst eine Eingabe.' },
  },
  furtherModes: {
    plain: 'Antwortet nur in Worten',
    caption: 'Beschreibt nur in Worten',
    choose: 'Wählt die wahrscheinlichste deiner Antworten',
    ground: 'Findet Kästen für Ausdrücke deines Textes',
    fewshot: 'Lernt aus Antworten zu anderen Bildern',
    language: 'Setzt einen Text fort, ohne Bild',
    expert: 'Nimmt eine rohe Eingabe mit Tags des Modells',
  },
  composer: {
    label: 'Das Modell fragen',
    modes: 'Was zu tun ist',
    stop: 'Stopp',
    region: (number) => `Bereich ${number}`,
    removeRegion: (number) => `Bereich ${number} aus der Frage nehmen`,
    hint: 'Klick einen Kasten an oder zieh über das Bild.',
    regionHint: (regions) =>
      regions === 1
        ? 'Der Bereich steht, wo die Frage „it“ sagt.'
        : 'Schreib die Nummer eines Bereichs, wo er gemeint ist, z. B. [region 2]; einer ohne solche Marke steht am Ende.',
    loadingHint: 'Das Modell lädt. Was du jetzt fragst, wartet darauf.',
    editing: 'Dies ersetzt die Frage, die du änderst. Esc behält die alte.',
    more: 'Mehr',
    choices: 'Die möglichen Antworten, eine je Zeile',
    choicesLabel: 'Mögliche Antworten',
    examples: 'Vorbilder',
    exampleAnswer: 'Die richtige Antwort für dieses Bild',
    exampleFor: (picture) => `Die richtige Antwort für ${picture}`,
    tags: 'Marke einsetzen',
    phrases: 'Ausdrücke, die einen Kasten bekommen',
    removePhrase: (phrase) => `${phrase} auslassen`,
    markPhrase: 'Auswahl markieren',
    phrasesHelp: 'Wähl Wörter in deinem Text aus, um einen weiteren Ausdruck zu markieren.',
    noPhrases: 'Kein Ausdruck gefunden. Wähl Wörter in deinem Text aus und markier sie.',
    moreLabel: 'mehr Arten zu fragen',
    keysHint: 'Enter sendet, Umschalt+Enter bricht die Zeile um.',
  },
  howAsked: {
    followUp: 'Anschlussfrage',
    ownDecoding: 'eigene Dekodierung',
    preset: { default: 'stetig', official: 'offizielle Demo', officialSampling: 'offiziell gewürfelt' },
  },
  batch: {
    progress: (done, total) => `${done} von ${total} Bildern beantwortet`,
    stop: 'Alle stoppen',
  },
};
