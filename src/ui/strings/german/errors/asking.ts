import { umfang } from '../format.ts';
import { type Details, type Sentence, type Sentences, said, says, zahl } from './says.ts';

const ANDERE_DATEI = 'Wähl eine andere oder bring sie in Ordnung.';
const ANDERER_ORDNER = 'Wähl den Ordner des Datensatzes.';

/** Of questions, regions, pictures and files of boxes. */
export const asking = {
  PROMPT_EMPTY: [
    says(['choice'], ({ choice }) => `Antwort ${Number(choice) + 1} ist leer. Schreib etwas oder entferne sie.`),
    'Die Eingabe ist leer. Schreib, was du über das Bild wissen willst.',
  ],
  PROMPT_TOO_LONG: [
    says(['tokens', 'limit'], ({ tokens, limit }) => zuLang(`${zahl(tokens)} Token (Bilder mitgezählt)`, limit)),
    says(['characters', 'limit'], ({ characters, limit }) => zuLang(`${zahl(characters)} Zeichen`, limit)),
    says(['parts', 'limit'], ({ parts, limit }) => zuLang(`${zahl(parts)} Teile`, limit)),
  ],
  PROMPT_FORBIDDEN_TOKEN: [
    says(
      ['token'],
      ({ token }) => `In der Eingabe darf ${token} nicht stehen: Das setzt das Programm selbst. Nimm es heraus.`,
    ),
  ],
  REGION_INVALID: ['Ein Bereich fehlt oder hat keine Fläche im Bild. Zeichne ihn neu, von einer Ecke zur anderen.'],
  OPTION_INVALID: [
    says(
      ['option', 'value', 'min', 'max'],
      ({ option, value, min, max }) =>
        `${option} muss zwischen ${zahl(min)} und ${zahl(max)} liegen, ist aber ${zahl(value)}.`,
    ),
    says(
      ['choices', 'limit'],
      ({ choices, limit }) => `Eine Frage braucht 1 bis ${limit} Antworten zur Auswahl, hat aber ${choices}.`,
    ),
    says(
      ['repository'],
      ({ repository }) =>
        `„${repository}“ nennt kein Repository des Hubs. Schreib es wie hf:microsoft/kosmos-2-patch14-224 oder hf:owner/name@revision.`,
    ),
    says(
      ['link'],
      ({ link }) =>
        `Der Link nennt kein Modell: „${link}“ ist weder die Adresse eines Ordners im Netz noch ein Repository des Hubs. Schreib es wie ?model=https://example.org/kosmos-2/ oder ?model=hf:microsoft/kosmos-2-patch14-224.`,
    ),
    says(
      ['address'],
      ({ address }) =>
        `„${address}“ ist keine Adresse eines Ordners im Netz. Gib eine an wie https://example.org/kosmos-2/.`,
    ),
    says(
      ['insecure'],
      ({ insecure }) =>
        `Browser holen für eine Seite, die über https kam, nichts von ${insecure}. Gib die https-Adresse desselben Ordners an, wenn er eine hat.`,
    ),
    says(
      ['endpoint'],
      ({ endpoint }) =>
        `Ein Zugangstoken geht nur über https, und ${endpoint} ist es nicht. Gib die https-Adresse an oder kein Token.`,
    ),
    says(
      ['name'],
      ({ name }) =>
        `„${name}“ kann nicht der Name eines gespeicherten Modells sein. Nimm Kleinbuchstaben, Ziffern, Punkte und Striche.`,
    ),
    says(
      ['option', 'value'],
      ({ option, value }) => `${option} kann nicht ${zahl(value)} sein. Wähl einen anderen Wert.`,
    ),
    says(
      ['field', 'length', 'limit'],
      ({ field, length, limit }) =>
        `Das Paket ließe sich nicht wieder lesen: ${field} hat ${zahl(length)} Zeichen, mehr als die erlaubten ${zahl(limit)}. Nichts wurde geschrieben.`,
    ),
    says(['colour'], ({ colour }) => `Die Farbe „${colour}“ eines Kastens ist nicht von der Art #rrggbb.`),
    'Eine Angabe hat einen Wert, mit dem sich nichts anfangen lässt. Prüf sie und versuch es nochmal.',
  ],
  ANNOTATION_INVALID: [
    says(['what'], ({ what }) => `Im Ordner liegt nicht, was gebraucht wird: ${what}. ${ANDERER_ORDNER}`),
    says(
      ['first', 'second'],
      ({ first, second }) => `Im Ordner liegt davon mehr als eines: ${first} und ${second}. ${ANDERER_ORDNER}`,
    ),
    says(
      ['picture', 'other'],
      ({ picture, other }) => `Zwei Bilder der Datei heißen wie dieses: ${picture} und ${other}. ${ANDERE_DATEI}`,
    ),
    says(['file', 'split'], ({ file, split }) => `${file} hat keinen Teil „${split}“. Wähl einen anderen Teil.`),
    says(['file'], ({ file }) => `Mit ${file} stimmt etwas nicht, oder es fehlt. ${ANDERER_ORDNER}`),
    says(['empty'], ({ empty }) => `In „${empty}“ nennen die Dateien keine einzige Probe. ${ANDERER_ORDNER}`),
    says(
      ['results'],
      ({ results }) =>
        `${results} enthält keine Antworten zu diesen Proben. Wähl zuerst den Datensatz, zu dem sie gehören.`,
    ),
    says(['name'], ({ name }) => `${name} ist zu groß oder kein Text in UTF-8. ${ANDERER_ORDNER}`),
    says(
      ['place', 'field'],
      ({ place, field }) => `In der Datei ist ${place}.${field} nicht so, wie das Format es verlangt. ${ANDERE_DATEI}`,
    ),
    says(['place'], ({ place }) => `In der Datei ist ${place} nicht zu lesen. ${ANDERE_DATEI}`),
    `Diese Datei mit Kästen ist zu groß oder nicht zu lesen. ${ANDERE_DATEI}`,
  ],
  IMAGE_NOT_AN_IMAGE: [
    ...alsoOfSeveral([
      says(
        ['format'],
        ({ format }) =>
          `Bilder im Format ${String(format).toUpperCase()} lassen sich hier nicht lesen. Speichere das Bild als PNG oder JPEG und versuch es nochmal.`,
      ),
    ]),
    (details) => {
      const which = files(details);
      return (
        which &&
        `${which} ließen sich nicht öffnen: Es sind keine Bilder, oder sie sind beschädigt. Wähl PNG, JPEG, WebP, AVIF oder GIF.`
      );
    },
    says(['bytes'], () => 'Die Datei ist leer (0 Bytes). Wähl ein anderes Bild.'),
    'Die Datei ist kein Bild, das sich öffnen lässt. Wähl eines als PNG, JPEG, WebP, AVIF oder GIF.',
  ],
  IMAGE_DAMAGED: [
    says(
      ['name', 'others'],
      ({ name, others }) =>
        `${others === 0 ? `${name} ließ` : `${name} und ${others === 1 ? 'eine weitere Datei' : `${others} weitere`} ließen`} sich nicht lesen: inzwischen verschoben, oder für diesen Browser gesperrt. Wähl mit „Neues Bild“, was fehlt.`,
    ),
    ...alsoOfSeveral([
      says(
        ['name', 'reason'],
        ({ name, reason }) =>
          `„${name}“ ließ sich nicht lesen (${reason}). Vielleicht wurde die Datei verschoben, umbenannt oder geändert: Wähl sie nochmal.`,
      ),
    ]),
    'Das Bild ist beschädigt, unvollständig oder für diesen Browser nicht lesbar. Speichere es als PNG oder JPEG und versuch es nochmal.',
  ],
  IMAGE_TOO_LARGE: alsoOfSeveral([
    says(
      ['bytes', 'limit'],
      ({ bytes, limit }) =>
        `Die Datei hat ${umfang(Number(bytes))}, und höchstens ${umfang(Number(limit))} lassen sich öffnen. Speichere das Bild kleiner und versuch es nochmal.`,
    ),
    says(
      ['width', 'height', 'pixels', 'limit'],
      ({ width, height, pixels, limit }) =>
        `Das Bild hat ${width} × ${height} Bildpunkte (${megapixel(pixels)} Megapixel), und höchstens ${megapixel(limit)} Megapixel lassen sich öffnen. Mach es kleiner und versuch es nochmal.`,
    ),
    says(
      ['width', 'height', 'limit'],
      ({ width, height, limit }) =>
        `Das Bild hat ${width} × ${height} Bildpunkte, und höchstens ${limit} je Seite lassen sich öffnen. Mach es kleiner und versuch es nochmal.`,
    ),
    says(
      ['width', 'height'],
      ({ width, height }) =>
        `Für ein Bild von ${width} × ${height} Bildpunkten reicht hier der Speicher nicht. Schließe andere Tabs, oder mach es kleiner und versuch es nochmal.`,
    ),
    says(
      ['width'],
      ({ width }) =>
        `Ein Bild, das ${width} Bildpunkte breit ist, fasst dieser Browser nicht. Mach es kleiner und versuch es nochmal.`,
    ),
  ]),
  IMAGE_UNKNOWN: [
    says(
      ['name', 'place', 'other'],
      ({ name, place, other }) =>
        `Das Bild ${name} liegt zweimal im Ordner, als ${place} und als ${other}. Wähl einen Ordner, in dem es nur einmal liegt.`,
    ),
    says(['name'], ({ name }) => `Das Bild ${name} liegt nicht im Ordner.`),
    'Ein Bild der Frage ist nicht mehr da. Ändere die Frage und wähl ein anderes.',
  ],
  IMAGE_LIMIT: [
    says(
      ['limit', 'left'],
      ({ limit, left }) =>
        `${limit} Bilder sind offen, mehr geht nicht: ${left === 1 ? 'ein weiteres wurde nicht geöffnet. Entferne zuerst eines.' : `${left} weitere wurden nicht geöffnet. Entferne zuerst einige.`}`,
    ),
    says(['limit'], ({ limit }) => `${limit} Bilder sind offen, mehr geht nicht. Entferne zuerst eines.`),
  ],
  CANVAS_DENIED: [
    'Dieser Browser gibt Seiten statt eines Bildes erfundene Bildpunkte, damit niemand ihn wiedererkennt. Erlaube dieser Website, Canvas-Bilddaten zu verwenden (das Symbol in der Adressleiste), und lade die Seite dann neu.',
  ],
  CLIPBOARD_DENIED: [
    'Dieser Browser lässt die Seite keine Bilder kopieren. Erlaube dieser Seite die Zwischenablage oder exportiere das Bild als Datei.',
  ],
} satisfies Sentences;

function zuLang(length: string, limit: string | number): string {
  return `Die Eingabe hat ${length}, und ${zahl(limit)} gehen. Kürz sie.`;
}

function megapixel(pixels: string | number): string {
  return zahl(Math.round(Number(pixels) / 1e6));
}

/** The sentences, and before them one that tells of several files, the first of which failed so. */
function alsoOfSeveral(sentences: readonly Sentence[]): readonly Sentence[] {
  return [
    (details) => {
      const which = files(details);
      const why = which && said(sentences, details);
      return why && `${which} ließen sich nicht öffnen, die erste davon aus diesem Grund: ${why}`;
    },
    ...sentences,
  ];
}

/** The files an error is about, by name where they have one; null where it is about none or one. */
function files(details: Details): string | null {
  const { first, second, left } = details;
  if (details.files !== undefined) return `${details.files} Dateien`;
  if (first === undefined || second === undefined || left === undefined) return null;
  if (left === 0) return `${first} und ${second}`;
  return `${first}, ${second} und ${left === 1 ? 'eine weitere Datei' : `${left} weitere`}`;
}
