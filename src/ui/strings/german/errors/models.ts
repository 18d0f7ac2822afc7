import { umfang } from '../format.ts';
import { type Sentences, says, zahl } from './says.ts';

/** Of models on their way here, and of where they are kept. */
export const models = {
  CONFIG_INVALID: [
    says(
      ['file', 'field'],
      ({ file, field }) => `In ${file} passt der Wert von ${field} nicht. Nimm die Dateien eines KOSMOS-2-Modells.`,
    ),
    says(['file'], ({ file }) => `${file} ist nicht zu lesen. Nimm die Dateien eines KOSMOS-2-Modells.`),
    says(
      ['field'],
      ({ field }) => `In den Dateien des Modells passt der Wert von ${field} nicht. Nimm die eines KOSMOS-2-Modells.`,
    ),
  ],
  TOKENIZER_INVALID: ['tokenizer.json gehört zu keinem KOSMOS-2-Modell. Nimm die eines KOSMOS-2-Modells.'],
  TENSOR_FILE_INVALID: [
    says(
      ['file', 'pointer'],
      ({ file, pointer }) =>
        `${file} enthält keine Gewichte, nur ${zahl(pointer)} Bytes von Git LFS, die auf sie verweisen: Der Ordner wurde ohne sie geklont. Ruf dort „git lfs pull“ auf oder nenn statt des Ordners das Repository, wie hf:owner/name.`,
    ),
    says(['file'], ({ file }) => `${file} ist keine heile safetensors-Datei. Hol sie nochmal von dort, wo sie herkam.`),
    says(
      ['name'],
      ({ name }) => `Das Gewicht „${name}“ fehlt oder passt nicht zur config.json. Prüf, ob beide zusammengehören.`,
    ),
  ],
  TENSOR_TRUNCATED: [
    says(
      ['file', 'actual', 'expected'],
      ({ file, actual, expected }) =>
        `${file} endet nach ${zahl(actual)} von mindestens ${zahl(expected)} Bytes. Hol die Datei nochmal.`,
    ),
  ],
  TENSOR_VALUE_INVALID: [
    says(
      ['name', 'index', 'value'],
      ({ name, index, value }) => `${name}[${index}] ist ${value}: Der Checkpoint ist beschädigt, hol ihn nochmal.`,
    ),
  ],
  PACKAGE_VERSION_UNKNOWN: [
    says(
      ['format'],
      ({ format }) =>
        `Das Modell hat das Format ${format}, diese Seite liest Format 1. Lade die Seite neu oder importiere das Modell nochmal.`,
    ),
  ],
  PACKAGE_MANIFEST_INVALID: ['manifest.json ist nicht in Ordnung. Importiere das Modell nochmal.'],
  PACKAGE_FILE_MISSING: [
    says(
      ['file', 'unfinished'],
      ({ file, unfinished }) =>
        `Die gewählten Dateien sind von einem Modell, das nicht fertig ist: Sein Export oder Import wurde angehalten (${unfinished} liegt da, ${file} nicht). Wiederhol das in denselben Ordner, bis es fertig ist, und wähl ihn dann.`,
    ),
    says(['file'], ({ file }) => `${file} fehlt. Prüf die Adresse des Modells oder wähle seinen ganzen Ordner.`),
    says(
      ['name'],
      ({ name }) =>
        `Unter dem Namen ${name} ist kein Modell gespeichert: Der Browser hat es vielleicht gelöscht, um Platz zu schaffen. Hol es nochmal.`,
    ),
    says(
      ['place'],
      ({ place }) =>
        `In ${place} liegt weder ein fertiges Modell (manifest.json) noch ein Checkpoint (config.json). Prüf die Adresse oder wähl einen anderen Ordner.`,
    ),
    says(['location'], ({ location }) => `${location} gibt es nicht. Prüf den Namen des Repositorys und die Revision.`),
  ],
  PACKAGE_FILE_INVALID: [
    says(
      ['file', 'madeOf'],
      ({ file }) =>
        `${file} ist beschädigt, und dieses Modell wurde aus Dateien dieses Geräts gemacht. Wähl unter Modelle dieselben Dateien nochmal: Nur was beschädigt ist, wird neu gemacht.`,
    ),
    says(
      ['file', 'newer'],
      ({ file, newer }) =>
        `${file} ist beschädigt, und bei ${newer} liegt inzwischen eine andere Fassung dieses Modells. Hol es unter Modelle neu.`,
    ),
    says(
      ['file', 'stored'],
      ({ file, stored }) =>
        `${file} des gespeicherten Modells „${stored}“ ist beschädigt. Lade die Seite neu oder benutz das Modell: Was sich heilen lässt, wird dann geheilt.`,
    ),
    says(
      ['file', 'checkpoint'],
      ({ file, checkpoint }) =>
        `${file} ist beschädigt, und aus ${checkpoint} wird nicht mehr die Datei, die es war. Importier das Modell nochmal.`,
    ),
    says(
      ['file', 'actual', 'maxBytes'],
      ({ file, actual, maxBytes }) =>
        `${file} hat ${zahl(actual)} Bytes, mehr als die ${zahl(maxBytes)}, die es haben darf. Hol das Modell von woanders.`,
    ),
    says(
      ['file'],
      ({ file }) => `${file} ist beschädigt oder nicht das, was das Manifest sagt. Hol das Modell nochmal.`,
    ),
    'Eine Datei des Modells ist beschädigt. Hol das Modell nochmal.',
  ],
  PACKAGE_FETCH_FAILED: [
    says(
      ['origin'],
      ({ origin }) =>
        `Die Richtlinie dieser Website (Content-Security-Policy) verbietet ihren Seiten eine Verbindung zu ${origin} oder dorthin, wohin es von da weitergeht. Hol das Modell von woanders oder bitte die, die diese Website betreiben, es zu erlauben.`,
    ),
    says(
      ['file', 'status'],
      ({ file, status }) =>
        `${file} ließ sich nicht holen: Die Antwort war Status ${status}. Versuch es später nochmal.`,
    ),
    says(
      ['file', 'location'],
      ({ file, location }) =>
        `${file} ließ sich von ${location} nicht holen. Prüf die Verbindung und versuch es nochmal: Es geht dort weiter, wo es stehen blieb.`,
    ),
    says(['file'], ({ file }) => `${file} ließ sich nicht holen. Prüf die Verbindung und versuch es nochmal.`),
    says(
      ['location', 'status'],
      ({ location, status }) =>
        `${location} gibt das Modell nicht heraus (Status ${status}). Hol es von einem Ort, der dir offensteht.`,
    ),
    says(
      ['repository', 'revision'],
      ({ repository, revision }) => `Der Hub nennt keinen Stand von ${repository} bei ${revision}. Prüf seine Adresse.`,
    ),
    says(['url'], () => 'Das Beispielbild ließ sich nicht holen. Prüf die Verbindung und frag nochmal.'),
    'Eine Datei ließ sich nicht holen. Prüf die Verbindung und versuch es nochmal.',
  ],
  PACKAGE_WEIGHT_INVALID: [
    says(
      ['name', 'expected'],
      ({ name, expected }) =>
        `Das Gewicht ${name} ist nicht wie erwartet (${expected}). Prüf, ob dies ein KOSMOS-2-Checkpoint ist und seine config.json dazugehört.`,
    ),
    'Dem Modell fehlt ein Gewicht. Importiere es nochmal.',
  ],
  FOLDER_UNREADABLE: [
    says(
      ['name', 'reason'],
      ({ name, reason }) =>
        `„${name}“ ließ sich nicht lesen (${reason}). Prüf, ob dieses Gerät ihn lesen darf, und zieh ihn nochmal her oder wähl ihn mit einem Knopf.`,
    ),
    says(['name'], ({ name }) => `${name} lässt sich nicht mehr lesen. Wähl den Ordner nochmal.`),
  ],
  FOLDER_INVALID: [
    says(
      ['limit'],
      ({ limit }) =>
        `Das sind mehr als ${zahl(limit)} Dateien, so viele gehen nicht auf einmal. Nichts wurde geöffnet: Zieh den Ordner eines Modells her oder weniger Bilder.`,
    ),
    says(
      ['folder'],
      ({ folder }) =>
        `In „${folder}“ liegt weder ein Modell (config.json) noch ein Bild. In Ordner darin wird nicht geschaut: Zieh den her, in dem die Dateien liegen.`,
    ),
    says(
      ['name', 'parent'],
      ({ name, parent }) =>
        `„${name}“ gibt es in „${parent}“ schon, und es ist kein Modell. Nichts wurde geschrieben: Wähl einen anderen Ordner oder benenn es um.`,
    ),
  ],
  CHECKPOINT_DENIED: [
    says(
      ['file', 'page'],
      ({ file, page }) =>
        `${file} ist beschädigt, und ${page} gibt dieses Modell nur mit einem Zugangstoken heraus, das nirgends behalten wird. Hol es unter Modelle mit dem Token neu: Nur was beschädigt ist, wird neu gemacht.`,
    ),
    says(
      ['page', 'at'],
      ({ page, at }) =>
        `Das Zeichen an Stelle ${zahl(at)} des Zugangstokens für ${page} kommt in keinem Token vor: Buchstaben ohne Umlaute, Ziffern und Satzzeichen, keine Leerzeichen. Kopier das Token nochmal.`,
    ),
    says(
      ['page'],
      ({ page }) =>
        `${page} gibt das Modell nicht ohne Weiteres heraus. Nimm dort die Bedingungen an oder gib ein Zugangstoken an, das es lesen darf.`,
    ),
    says(
      ['location', 'status'],
      ({ location, status }) =>
        `${location} gibt den Checkpoint nicht heraus (Status ${status}). Hol ihn von einem Ort, der dir offensteht.`,
    ),
  ],
  CHECKPOINT_CHANGED: [
    says(
      ['file', 'location'],
      ({ file, location }) =>
        `${file} bei ${location} hat sich geändert, während es gelesen wurde. Fang mit dem neuen Stand von vorn an.`,
    ),
  ],
  INSECURE_CONTEXT: [
    'Dateien lassen sich hier nicht prüfen: Diese Seite wurde nicht über https geöffnet. Öffne sie unter einer https-Adresse.',
  ],
  STORAGE_FULL: [
    says(
      ['what'],
      () =>
        'Dieses Gerät hat keinen Platz mehr, um die neuesten Antworten und Bilder für den nächsten Besuch zu behalten. Entferne einige Bilder oder exportiere, was du brauchst.',
    ),
    says(
      ['pictures', 'bytes', 'answers'],
      ({ pictures, bytes, answers }) =>
        `Die ältesten Bilder und Antworten werden beim nächsten Besuch nicht mehr da sein: Höchstens ${pictures} eigene Bilder (${groesse(bytes)}) und ${zahl(answers)} Antworten werden behalten. Exportiere, was du brauchst, bevor du die Seite schließt.`,
    ),
    says(
      ['bytes', 'missing'],
      ({ bytes, missing }) =>
        `Dieses Modell braucht ${groesse(bytes)} Speicher, und ${groesse(missing)} fehlen. Schaff Platz oder lösche ein gespeichertes Modell und versuch es nochmal; ein fertiges Modell läuft auch ungespeichert.`,
    ),
    says(
      ['file', 'bytes'],
      ({ file, bytes }) =>
        `Für ${file} (${groesse(bytes)}) ist kein Platz. Schaff Platz oder lösche ein gespeichertes Modell und mach dann weiter: Was da ist, bleibt.`,
    ),
    'Der Speicher dieser Seite ist voll. Schaff Platz oder lösche ein gespeichertes Modell und versuch es nochmal.',
  ],
  STORAGE_FAILED: [
    says(
      ['folder', 'parent', 'reason'],
      ({ folder, parent, reason }) =>
        `Der Ordner „${folder}“ ließ sich in „${parent}“ nicht anlegen (${reason}). Wähl einen anderen Ordner.`,
    ),
    says(
      ['file', 'reason'],
      ({ file, reason }) =>
        `${file} ließ sich nicht lesen (${reason}): Das gespeicherte Modell wurde geändert oder gelöscht, während es geöffnet wurde, oder die Platte hat einen Schaden. Öffne es nochmal; hilft das nicht, wähl unter „Modelle“ „Prüfen“.`,
    ),
    says(
      ['file'],
      ({ file }) =>
        `${file} ließ sich nicht speichern, öffnen oder löschen. Schließ andere Fenster dieser Seite und versuch es nochmal.`,
    ),
    says(
      ['name', 'what'],
      ({ name }) =>
        `${name} wird gerade geholt oder gelesen. Beende das zuerst, auch in anderen Fenstern, und versuch es nochmal.`,
    ),
    says(
      ['name'],
      ({ name }) => `${name} ließ sich nicht löschen. Schließ andere Fenster, die es benutzen, und versuch es nochmal.`,
    ),
    says(
      ['picture'],
      ({ picture }) =>
        `Weder ${picture} noch, was daneben liegt, lässt sich noch lesen: Die Platte oder der Ordner ist weg. Bring sie zurück und mach weiter oder wähl den Ordner nochmal.`,
    ),
    says(
      ['pictures'],
      ({ pictures }) =>
        `Nicht jedes geteilte Bild ist hier: Vielleicht hat dieses Gerät keinen Platz dafür, und höchstens ${pictures} kommen auf einmal. Wähl mit „Neues Bild“, was fehlt.`,
    ),
    says(['what'], ({ what }) =>
      what === 'models'
        ? 'Dieses Fenster kann keine Modelle behalten, wie es in privaten Fenstern üblich ist. Ein Modell, das über seine Adresse geöffnet wird, läuft, bis das Fenster zugeht.'
        : 'Dieser Browser konnte die neuesten Antworten nicht für den nächsten Besuch behalten. Exportiere, was du brauchst, bevor du die Seite schließt.',
    ),
  ],
} satisfies Sentences;

function groesse(bytes: string | number): string {
  return umfang(Number(bytes));
}
