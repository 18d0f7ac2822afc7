import type { Translation } from '../../language.ts';

export const options: Translation = {
  options: {
    title: 'Wie gefragt wird',
    followUp: 'Frühere Fragen zuerst lesen',
    followUpHelp: 'Das Modell weiß dann, was zu diesem Bild schon gefragt und geantwortet wurde.',
    memory: (kept, of) => {
      if (of === 0) return 'Zu diesem Bild gibt es noch keine früheren Fragen.';
      if (kept === of)
        return of === 1 ? 'Für die frühere Frage ist Platz.' : `Für alle ${of} früheren Fragen ist Platz.`;
      return `Platz ist für ${kept} von ${of} früheren Fragen, neueste zuerst.`;
    },
    askAll: (pictures) => `Alle ${pictures} Bilder fragen`,
    askAllHelp: 'Was im Eingabefeld steht, zu jedem Bild der Reihe, eines nach dem anderen.',
    nothingToAsk: 'Schreib zuerst ins Eingabefeld, was zu fragen ist.',
    decoding: 'Dekodierung',
    presets: 'Voreinstellungen',
    preset: {
      default: {
        name: 'Stetig',
        help: 'Jedes Mal das wahrscheinlichste Wort; Orte bleiben wohlgeformt.',
      },
      official: {
        name: 'Wie die offizielle Demo',
        help: 'Bild durch JPEG, Kästen auf dem Raster, keine drei Token doppelt, das wahrscheinlichste Wort, bis zu 500 Token.',
      },
      officialSampling: {
        name: 'Offizielle Demo, gewürfelt',
        help: 'Dasselbe, aber bei Temperatur 0,7 aus den wahrscheinlichsten 90 % gezogen.',
      },
    },
    numbers: {
      maxNewTokens: { name: 'Längste Antwort', help: 'In Token; ein Kasten braucht drei bis fünf.' },
      temperature: { name: 'Temperatur', help: '0 nimmt immer das wahrscheinlichste Wort.' },
      topP: { name: 'Top-p', help: 'Nur die wahrscheinlichsten Wörter, die zusammen so viel ergeben.' },
      seed: { name: 'Startwert', help: 'Derselbe Startwert würfelt dieselbe Antwort.' },
      noRepeatNgramSize: { name: 'Nicht wiederholen', help: 'So viele Token in Folge kommen nie zweimal; 0 ist aus.' },
    },
    randomSeed: 'jedes Mal neu',
    grammar: 'Orte wohlgeformt halten',
    grammarHelp: 'Das Modell kann dann nur Kästen schreiben, die Kästen sind.',
    gridBoxes: 'Kästen auf dem Raster',
    gridBoxesHelp:
      'Wie die offizielle Demo sie zeichnet; sonst liegen ihre Ecken zwischen dessen Zellen, wo das Modell sie sah.',
    jpeg: 'Bild zuerst durch JPEG',
    jpegHelp: 'Wie die offizielle Demo jedes Bild, mit Qualität 75.',
    reset: 'Zurücksetzen',
  },
};
