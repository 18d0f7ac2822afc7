import type { Translation } from '../language.ts';
import { size } from './format.ts';

const comma = (value: string) => value.replace('.', ',');

const sekunden = (milliseconds: number) => {
  const value = milliseconds / 1000;
  if (value < 0.1) return comma(value.toFixed(2));
  return value < 10 ? comma(value.toFixed(1)) : value.toFixed(0);
};

const prozent = (value: number) =>
  value >= 0.001 ? `${comma((100 * value).toFixed(value < 0.1 ? 1 : 0))} %` : '<0,1 %';

const dauer = (left: number) => {
  const minutes = Math.ceil(left / 60);
  if (minutes < 2) return `${Math.ceil(left)} s`;
  return minutes < 120 ? `${minutes} min` : `${comma((minutes / 60).toFixed(1))} h`;
};

const menge = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

const aufgaben = {
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

const kasten = {
  refer: 'Was ist das?',
  closer: 'Näher ansehen',
  others: 'Weitere davon finden',
} as const;

const aufgabe = (mode: keyof typeof aufgaben | keyof typeof kasten) =>
  mode === 'refer' || mode === 'closer' || mode === 'others' ? kasten[mode] : aufgaben[mode];

/** The page in German. */
export const german: Translation = {
  header: {
    where: 'in deinem Browser',
    model: 'Demomodell',
    failed: 'Läuft nicht',
    chipLabel: 'Was läuft',
    state: { loading: 'Lädt', ready: 'Bereit', busy: 'Schreibt', failed: 'Fehler' },
  },
  details: {
    title: 'Was läuft',
    model: 'Modell',
    size: 'Größe',
    licence: 'Lizenz',
    scheme: 'Gewichte',
    runsOn: 'Läuft auf',
    adapter: 'Adapter',
    activation: 'Aktivierungen',
    build: 'Laufzeit',
    capacity: 'Platz',
    backend: { webgpu: 'WebGPU', wasm: 'CPU (WebAssembly)' },
    tokens: (count) => `${count} Token, Frage und Antwort`,
    kept: (pictures, answers) =>
      `Auf diesem Gerät behalten: ${menge(pictures, 'eigenes Bild', 'eigene Bilder')}, ${menge(answers, 'Antwort', 'Antworten')}.`,
    notKept: 'Dieser Browser behält nichts: Neu laden fängt von vorn an.',
    clear: 'Alles löschen',
    language: 'Sprache',
  },
  loadingWords: {
    download: (received, total) => `Demomodell, ${received} von ${total} MB`,
    runtime: 'Laufzeit startet',
    build: 'Graphen entstehen',
    compile: 'Wird für deine GPU übersetzt',
    warmup: 'Läuft warm',
  },
  stage: {
    label: 'Bild',
    picture: (name) => (name === '' ? 'Dein Bild' : name),
    boxes: 'Kästen im Bild',
    regions: 'Bereiche der Frage',
    region: (number, position) => `Bereich ${number}, ${position}`,
    drop: 'Loslassen öffnet das Bild',
    dropMore: 'Es bleibt auf diesem Gerät.',
    opening: 'Bild wird geöffnet',
    dismiss: 'Schließen',
  },
  tools: {
    label: 'Werkzeuge',
    select: 'Auswählen (Ziehen zeichnet einen Bereich)',
    region: 'Bereich zeichnen',
    pan: 'Bild verschieben',
    in: 'Vergrößern',
    out: 'Verkleinern',
    fit: 'Ganzes Bild zeigen',
  },
  boxActions: {
    label: 'Nach diesem Kasten fragen',
    whatIsThis: kasten.refer,
    askAbout: 'Danach fragen…',
    lookCloser: kasten.closer,
    findOthers: kasten.others,
    copyCrop: 'Ausschnitt kopieren',
    copied: 'Kopiert',
    score: (score) =>
      `Wahrscheinlichkeit genau dieses Kastens: ${score >= 0.995 ? 100 : Math.max(1, Math.round(100 * score))} %`,
    heat: 'Wo es die Ecken sah',
    corners: { upperLeft: 'Links oben', lowerRight: 'Rechts unten' },
    remove: 'Entfernen',
    deleteKey: 'Entf',
  },
  position: {
    across: ['links', 'in der Mitte', 'rechts'],
    down: ['oben', 'auf halber Höhe', 'unten'],
    centre: 'in der Mitte',
  },
  filmstrip: {
    remove: (name) => `${name === '' ? 'Dieses Bild' : name} entfernen`,
    label: 'Bilder',
    add: 'Neues Bild',
    photograph: 'Foto machen',
    sample: (number) => `Beispielszene ${number}`,
  },
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
  conversation: {
    label: 'Gespräch',
    task: aufgabe,
    sampleWaits: 'Die Beschreibung dieser Szene schreibt sich, sobald das Modell bereit ist.',
    ownWaits: 'Wähl unten, was mit diesem Bild geschehen soll.',
    ownPhoto:
      'Das Demomodell kennt nur gezeichnete Emoji-Szenen. Fotos hat es nie gesehen, rechne also mit falschen Antworten.',
    waiting: 'Wartet auf das Modell',
    memory: (kept, of) => `nach ${kept} von ${of} früheren Fragen`,
    waitingTurn: 'Wartet auf die Antwort davor',
    reading: 'Sieht das Bild an',
    stopped: 'Gestoppt.',
    noBox: (words) => `Kein Kasten für „${words}“.`,
    noAnswer: 'Das Modell hatte keine Antwort.',
    noOthers: (words) => `Keine weiteren „${words}“ gefunden.`,
    closer: (width, height) => `${width} × ${height} Bildpunkte für sich`,
    probability: prozent,
    phrase: (phrase, number) => (phrase === null ? `Kasten ${number}` : phrase),
    region: (number) => `Bereich ${number}`,
    firstWord: (milliseconds) => `${sekunden(milliseconds)} s bis zum ersten Wort`,
    speed: (tokensPerSecond) => `${comma(tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0))} Token/s`,
    copy: 'Kopieren',
    copied: 'Kopiert',
    again: 'Nochmal',
    showBoxes: (mode) => `${aufgabe(mode)}: Kästen dieser Antwort zeigen`,
    cancel: 'Abbrechen',
    finish: {
      cancelled: 'Gestoppt.',
      length: 'An der größten Länge abgeschnitten.',
      capacity: 'Abgeschnitten: mehr Wörter fasst das Modell nicht.',
    },
  },
  offline: {
    works: 'Geht ohne Netz',
    update: 'Neue Fassung bereit',
    updateLabel: 'Die neuere Fassung starten; die Seite lädt neu',
    otherWindows: (count) =>
      count === 1 ? 'Schließ zuerst das andere Fenster' : `Schließ zuerst die ${count} anderen Fenster`,
  },
  dialog: { close: 'Schließen' },
  options: {
    title: 'Wie gefragt wird',
    button: 'Optionen',
    followUpShort: 'Anschlussfrage',
    ownDecoding: 'eigene Dekodierung',
    followUp: 'Frühere Fragen zuerst lesen',
    followUpHelp: 'Das Modell weiß dann, was zu diesem Bild schon gefragt und geantwortet wurde.',
    memory: (kept, of) => {
      if (of === 0) return 'Zu diesem Bild gibt es noch keine früheren Fragen.';
      if (kept === of) return of === 1 ? 'Die frühere Frage passt.' : `Alle ${of} früheren Fragen passen.`;
      return `${kept} von ${of} früheren Fragen passen, die neuesten.`;
    },
    askAll: (pictures) => `Alle ${pictures} Bilder fragen`,
    askAllHelp: 'Was im Eingabefeld steht, zu jedem Bild der Reihe, eines nach dem anderen.',
    nothingToAsk: 'Schreib zuerst ins Eingabefeld, was zu fragen ist.',
    decoding: 'Dekodierung',
    presets: 'Voreinstellungen',
    preset: {
      default: {
        name: 'Stetig',
        short: 'stetig',
        help: 'Jedes Mal das wahrscheinlichste Wort; Orte bleiben wohlgeformt.',
      },
      official: {
        name: 'Wie die offizielle Demo',
        short: 'offizielle Demo',
        help: 'Bild durch JPEG, keine drei Wörter zweimal, das wahrscheinlichste Wort, bis zu 500 Token.',
      },
      officialSampling: {
        name: 'Offizielle Demo, gewürfelt',
        short: 'offiziell gewürfelt',
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
    jpeg: 'Bild zuerst durch JPEG',
    jpegHelp: 'Wie die offizielle Demo jedes Bild, mit Qualität 75.',
    reset: 'Zurücksetzen',
  },
  exporting: {
    title: 'Mitnehmen',
    button: 'Export',
    scope: 'Was exportiert wird',
    scopes: { turn: 'Diese Antwort', conversation: 'Alles zu diesem Bild', everything: 'Alle Bilder' },
    formats: {
      png: { name: 'PNG mit Kästen', help: 'Das Bild und seine Kästen' },
      svg: { name: 'SVG mit Kästen', help: 'Dasselbe, scharf in jeder Größe' },
      crops: { name: 'Ausschnitte', help: 'Was in jedem Kasten ist, als ZIP' },
      markdown: { name: 'Markdown', help: 'Ausdrücke mit ihren Kästen verlinkt' },
      coco: { name: 'COCO', help: 'JSON mit Kästen in Pixeln' },
      yolo: { name: 'YOLO', help: 'Beschriftungen und Bilder, als ZIP' },
      voc: { name: 'Pascal VOC', help: 'XML und Bilder, als ZIP' },
      csv: { name: 'CSV', help: 'Eine Tabelle, eine Zeile je Kasten' },
      grit: { name: 'GrIT', help: 'Texte als JSON-Zeilen' },
    },
    copyPicture: 'Bild kopieren',
    copiedPicture: 'Das Bild mit Kästen ist in der Zwischenablage.',
    copyText: 'Text kopieren',
    copiedText: 'Der Text ist in der Zwischenablage.',
    notCopied: 'Der Browser hat das Kopieren nicht erlaubt. Drück nochmal oder speichere die Datei.',
    share: 'Teilen',
    saved: (name) => `${name} gespeichert.`,
    working: 'Die Datei wird geschrieben',
    nothing: 'Es gibt noch keine Antwort zum Exportieren.',
    importTitle: 'Kästen hereinholen',
    importButton: 'Datei wählen',
    importHelp: 'Kästen dieses Bildes aus einer COCO- oder GrIT-Datei werden Bereiche deiner Frage.',
    imported: (taken, all) =>
      taken === all
        ? `${menge(taken, 'Bereich', 'Bereiche')} in deiner Frage.`
        : `${taken} von ${all} Kästen sind in deiner Frage.`,
    noBoxes: 'Die Datei hat keine Kästen für dieses Bild: sein Name ist nicht unter den Dateinamen darin.',
  },
  corrections: {
    title: 'Vorher Ausdrücke und Kästen berichtigen',
    phrase: 'Wörter des Ausdrucks',
    edited: 'geändert',
    deleteBox: (number) => (number === 0 ? 'Kasten löschen' : `Kasten ${number} löschen`),
  },
  xray: {
    title: 'Röntgenbild einer Antwort',
    help: 'Das Modell schreibt Token für Token. Je mehr eines hervortritt, desto unsicherer war das Modell. Zeig darauf oder geh mit den Pfeiltasten entlang.',
    nothing: 'Diese Antwort wurde nicht Token für Token geschrieben.',
    stream: 'Token der Antwort',
    token: (text, probability) => `${text.trim()}, ${prozent(probability)}`,
    alternatives: 'Woran es noch dachte',
    cell: (column, row) => `Spalte ${column + 1}, Zeile ${row + 1} von 32`,
  },
  shortcuts: {
    title: 'Tasten',
    help: 'Einzelne Buchstaben gelten, während das Bild oder ein Menü den Fokus hat, nie beim Schreiben.',
    groups: [
      {
        name: 'Fragen',
        keys: [
          { key: 'Enter', does: 'Senden' },
          { key: '⇧ Enter', does: 'Neue Zeile' },
          { key: '↑', does: 'Letzte Eingabe, im leeren Feld' },
          { key: 'Esc', does: 'Antwort stoppen' },
        ],
      },
      {
        name: 'Kästen',
        keys: [
          { key: '← →', does: 'Von Kasten zu Kasten' },
          { key: 'Enter', does: 'Was dazu gefragt werden kann' },
          { key: 'W', does: 'Was ist das?' },
          { key: 'A', does: 'Danach fragen' },
          { key: 'L', does: 'Näher ansehen' },
          { key: 'F', does: 'Weitere davon finden' },
          { key: 'C', does: 'Ausschnitt kopieren' },
        ],
      },
      {
        name: 'Bild',
        keys: [
          { key: '+ −', does: 'Größer, kleiner' },
          { key: '0', does: 'Ganzes Bild' },
          { key: 'Leertaste', does: 'Halten und ziehen: Bild verschieben' },
          { key: 'R', does: 'Neuer Bereich in der Mitte' },
          { key: 'Pfeile', does: 'Bild oder gewählten Bereich verschieben' },
          { key: '⇧ Pfeile', does: 'Größe des Bereichs ändern' },
          { key: 'Entf', does: 'Bereich entfernen' },
        ],
      },
      {
        name: 'Überall',
        keys: [
          { key: 'Strg Z', does: 'Zurücknehmen' },
          { key: 'Strg ⇧ Z', does: 'Wiederholen' },
          { key: 'Esc', does: 'Schließen, was offen ist' },
          { key: '?', does: 'Diese Übersicht' },
        ],
      },
    ],
  },
  batch: {
    progress: (done, total) => `${done} von ${total} Bildern beantwortet`,
    stop: 'Alle stoppen',
  },
  turnMenu: {
    label: 'Mehr zu dieser Antwort',
    edit: 'Ändern und neu fragen',
    xray: 'Röntgenbild',
    link: 'Link kopieren',
    delete: 'Löschen',
  },
  undo: {
    done: {
      'delete-turn': 'Gelöscht.',
      'replace-turn': 'Frage geändert.',
      'remove-image': 'Bild entfernt.',
      clear: 'Bilder und Gespräche gelöscht.',
      rename: 'Umbenannt.',
      'delete-box': 'Kasten gelöscht.',
    },
    broughtBack: 'Wieder da.',
    undo: 'Zurücknehmen',
    redo: 'Wiederholen',
  },
  privacy: {
    sent: (bytes) => (bytes === 1 ? '1 Byte gesendet' : `${bytes.toLocaleString('de')} Bytes gesendet`),
    about:
      'Was diese Seite und ihre Worker seit dem Öffnen irgendwohin gesendet haben, an jedem Ausgang gezählt. Bilder und Fragen bleiben auf diesem Gerät.',
  },
  models: {
    title: 'Modelle auf diesem Gerät',
    open: 'Modelle…',
    none: 'Noch ist keines gespeichert. Das Demomodell kommt mit der Seite.',
    storage: (used, quota, lasting) =>
      `${size(used)} von ${size(quota)} belegt. ${lasting ? 'Der Browser behält es, bis du es löschst.' : 'Der Browser kann es löschen, wenn der Platz knapp wird.'}`,
    unfinished: (bytes) => `Nicht fertig, bisher ${size(bytes)}. Hol es nochmal, um weiterzumachen.`,
    use: 'Benutzen',
    verify: 'Prüfen',
    export: 'Exportieren…',
    remove: 'Löschen',
    verified: (damaged) =>
      damaged.length === 0
        ? 'Jedes Byte stimmt.'
        : `Beschädigt: ${damaged.join(', ')}. Beim Öffnen wird geheilt, was geht.`,
    exported: 'Exportiert.',
    add: 'Modell hinzufügen',
    address: 'Adresse eines Modells',
    get: 'Holen',
    fromFolder: 'Aus einem Ordner…',
    chosenFiles: 'gewählte Dateien',
    addHelp:
      'Ein Ordner im Netz mit einem fertigen Modell oder ein Checkpoint von KOSMOS-2 auf dem Hub (6,7 GB zu lesen, 1,2 GB behalten). Es bleibt in diesem Browser.',
    imported: (from) => `In diesem Browser aus ${from} importiert.`,
    progress: 'Das Modell wird geholt',
    pause: 'Pause',
    paused: 'Angehalten. Hol es nochmal, um weiterzumachen.',
    waiting: 'Ein anderes Fenster holt dieses Modell gerade; warten darauf.',
    added: 'Es ist da.',
  },
  offer: {
    title: 'Dieses Modell öffnen?',
    looking: 'Wird angesehen',
    from: 'Von',
    size: 'Zu holen',
    takes: 'Speicher, den es braucht',
    on: { webgpu: 'auf der GPU', wasm: 'auf dem Prozessor' },
    free: 'Frei zum Behalten',
    weights: 'Gewichte',
    licence: 'Lizenz',
    kept: 'Bisher wurde nur seine Beschreibung geholt. Ist es einmal da, bleibt es in diesem Browser und öffnet sich ohne Netz.',
    get: 'Holen und öffnen',
    getAnyway: 'Trotzdem holen',
    unstored: 'Öffnen ohne zu behalten',
    notNow: 'Nicht jetzt',
  },
  getKosmos2: {
    button: 'Das ganze KOSMOS-2 holen',
    title: 'Das ganze KOSMOS-2 holen',
    about:
      'Das Demomodell kennt gezeichnete Szenen. Das ganze KOSMOS-2 kennt die Welt: deine Fotos, in eigenen Worten, mit Kästen. Es wird einmal geholt, auf diesem Gerät verpackt und bleibt in diesem Browser.',
    ready: 'Es ist in diesem Browser schon gespeichert.',
    begun: (bytes) => `Ein früherer Versuch hat ${comma(size(bytes))} hinterlassen. Von dort geht es weiter.`,
    hosted: 'Diese Seite hat es fertig da: weniger zu holen, nichts zu verpacken.',
    getHosted: 'Ansehen',
    toFetch: 'Zu holen',
    fetched: (bytes) => `${comma(size(bytes))}, von huggingface.co`,
    time: 'Dauer',
    times: (at50, at100) =>
      `Etwa ${dauer(at50)} bei 50 Mbit/s, ${dauer(at100)} bei 100 Mbit/s. Du kannst anhalten und ein andermal weitermachen.`,
    kept: 'Bleibt gespeichert',
    schemes: { q4: 'beste Antworten', 'q4-small': 'kleiner, etwas ungenauer' },
    scheme: (words, bytes) => `${comma(size(bytes))}, ${words}`,
    free: 'Frei ist hier',
    freeUnknown: 'Dieser Browser sagt es nicht.',
    device: 'Dieses Gerät',
    gpu: (adapter, largestBuffer, f16) =>
      [adapter, `Puffer bis ${comma(size(largestBuffer))}`, f16 ? 'float16' : 'kein float16']
        .filter(Boolean)
        .join(', '),
    looking: 'Wird angesehen',
    noGpu:
      'Dieser Browser gibt der Seite keine GPU. Das Modell liefe auf dem Prozessor: das geht, aber Antworten dauern Minuten.',
    noRoom: (needed, free) =>
      `Es braucht ${comma(size(needed))} Speicher, und ${comma(size(needed - free))} fehlen. Schaff zuerst Platz auf diesem Gerät.`,
    metered: (bytes) =>
      `Diese Verbindung scheint nach Menge bezahlt zu werden oder soll geschont werden. ${comma(size(bytes))} gingen darüber.`,
    more: 'Andere Quelle',
    source: 'Repository',
    endpoint: 'Spiegel des Hubs',
    endpointExample: 'https://huggingface.co',
    token: 'Zugangstoken',
    tokenHelp: 'Nur für Repositorys, die eines verlangen. Es geht allein an den Hub und wird nirgends behalten.',
    start: 'Holen und vorbereiten',
    goOn: 'Weitermachen',
    fromFolder: 'Aus einem Ordner…',
    drop: 'Ein Checkpoint oder ein fertiges Modell liegt auf diesem Gerät? Wähle seinen Ordner oder zieh ihn hierher.',
    notRead: 'Was hierher gezogen wurde, ließ sich nicht lesen. Wähle den Ordner mit dem Knopf.',
    noFiles: 'Dort waren keine Dateien. Wähle den Ordner, in dem die config.json eines Modells liegt.',
    phase: {
      looking: 'Ansehen, was zu holen ist',
      checking: 'Prüfen, was ein früherer Versuch hinterlassen hat',
      working: 'Holen und verpacken',
      paused: 'Angehalten',
      failed: 'Stehen geblieben',
      discarding: 'Wird gelöscht',
    },
    soFar: (done, total) => `${comma(size(done))} von ${comma(size(total))}`,
    rate: (bytesPerSecond) => `${comma((bytesPerSecond / 1e6).toFixed(1))} MB/s`,
    left: (left) => `noch ${dauer(left)}`,
    progress: 'KOSMOS-2 wird geholt',
    stays:
      'Du kannst dies schließen und die Seite weiter benutzen. Lass den Tab offen; der Bildschirm bleibt an, solange er vorn ist.',
    pause: 'Pause',
    resume: 'Weiter',
    cancel: 'Abbrechen',
    discard: (bytes) => `Die ${comma(size(bytes))} löschen, die schon da sind?`,
    discardAny: 'Löschen, was schon da ist?',
    doDiscard: 'Löschen',
    keep: 'Behalten',
    done: 'Das Modell ist da. Von jetzt an öffnet es sich ohne Netz.',
    openNow: 'Jetzt öffnen',
    recorded: 'Aufgezeichnet: was das ganze Modell sagt',
    snowman: 'Ein Schneemann nachts an einem Lagerfeuer',
    chip: {
      name: 'KOSMOS-2: ',
      looking: 'wird geholt',
      paused: 'angehalten',
      failed: 'steht',
      done: 'öffnen',
    },
  },
  diagnostics: {
    title: 'Diagnose',
    open: 'Diagnose…',
    about: 'Hier gesammelt und nirgendwohin gesendet. Kopiere sie in einen Fehlerbericht, wenn du magst.',
    copy: 'Als Text kopieren',
    copied: 'Kopiert',
  },
  engineFailed: {
    title: 'Das Modell ist nicht gestartet',
    again: 'Nochmal versuchen',
    onCpu: 'Auf der CPU laufen lassen',
  },
};
