import type { Translation } from '../../language.ts';

export const diagnostics: Translation = {
  diagnostics: {
    title: 'Diagnose',
    about: 'Hier gesammelt und nirgendwohin gesendet. Kopiere sie in einen Fehlerbericht, wenn du magst.',
    copy: 'Als Text kopieren',
    bench: 'Dieses Gerät messen',
    evaluation: 'Das Modell auswerten',
    licences: 'Lizenzen',
  },
};
