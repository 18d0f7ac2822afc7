import type { Translation } from '../../language.ts';
import { umfang } from './format.ts';

export const models: Translation = {
  models: {
    title: 'Modelle auf diesem Gerät',
    demo: 'Kommt mit der Seite und kennt gezeichnete Szenen.',
    inUse: 'Läuft gerade',
    none: 'Noch ist keines gespeichert.',
    storage: (used, quota, lasting) =>
      `${umfang(used)} von ${umfang(quota)} belegt. ${lasting ? 'Der Browser behält alles, bis du es löschst.' : 'Der Browser kann es löschen, wenn der Platz knapp wird.'}`,
    about: (scheme, bytes, licence, source, date) =>
      [scheme, umfang(bytes), licence, source, new Date(date).toLocaleDateString('de')].filter(Boolean).join(' · '),
    unfinished: (bytes) => `Nicht fertig, bisher ${umfang(bytes)}. Hol es nochmal, um weiterzumachen.`,
    use: 'Benutzen',
    verify: 'Prüfen',
    export: 'Exportieren…',
    stop: 'Anhalten',
    remove: 'Löschen',
    askRemove: (name, bytes) =>
      `„${name}“ (${umfang(bytes)}) löschen? Um es wieder zu benutzen, muss es nochmal geholt werden.`,
    verified: (damaged) =>
      damaged.length === 0
        ? 'Jedes Byte stimmt.'
        : `Beschädigt: ${damaged.join(', ')}. Beim Öffnen wird geheilt, was geht.`,
    exported: (name) => `Exportiert: „${name}“ liegt im gewählten Ordner.`,
    add: 'Modell hinzufügen',
    address: 'Adresse eines Modells',
    get: 'Holen',
    addressExample: 'https://… oder hf:microsoft/kosmos-2-patch14-224',
    fromFolder: 'Aus einem Ordner…',
    addHelp: (keeps) =>
      keeps
        ? 'Ein Ordner im Netz mit einem fertigen Modell oder ein Checkpoint von KOSMOS-2 auf dem Hub (6,7 GB zu lesen, 1,2 GB behalten). Es bleibt in diesem Browser.'
        : 'Ein Ordner im Netz mit einem fertigen Modell. Es ist da, bis das Fenster zugeht.',
  },
  offer: {
    title: 'Dieses Modell öffnen?',
    from: 'Von',
    takes: 'Speicher, den es braucht',
    on: { webgpu: 'auf der GPU', wasm: 'auf der CPU' },
    verdict: ({ kind, what, needed, has }) => {
      const [braucht, gibt] = [umfang(needed), umfang(has)];
      switch (what) {
        case 'gpu':
          return `Diese GPU liest höchstens ${gibt} auf einmal, das Modell hat Stücke von ${braucht}: Es wird auf der CPU laufen, langsam.`;
        case 'no-gpu':
          return 'Ohne WebGPU läuft dieses Modell auf der CPU: einige Sekunden bis zum ersten Wort, dann ein paar Wörter in der Sekunde. Ein Browser mit WebGPU ist weit schneller.';
        case 'heap':
          return `Auf der CPU braucht dieses Modell ${braucht}, mehr als die ${gibt}, die eine Seite haben kann. Nimm einen Browser mit WebGPU oder ein kleineres Modell.`;
        case 'memory':
          return kind === 'missing'
            ? `Das Modell braucht ${braucht} Speicher, dieses Gerät hat etwa ${gibt}. Nimm ein kleineres Modell.`
            : `Das Modell braucht ${braucht} von etwa ${gibt} Speicher. Schließ zuerst andere Tabs.`;
        case 'storage':
          return `Das Modell zu behalten braucht ${braucht}, dieser Browser hat dafür noch ${gibt}. Schaff Platz oder lösche ein gespeichertes Modell.`;
      }
    },
    licence: 'Lizenz',
    get: 'Holen und öffnen',
    getAnyway: 'Trotzdem holen',
    unstored: 'Öffnen ohne zu behalten',
    notNow: 'Nicht jetzt',
  },
};
