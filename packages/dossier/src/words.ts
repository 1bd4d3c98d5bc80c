import type { Language } from '@proviso/catalogue';
import de from '../words/de.json' with { type: 'json' };
import en from '../words/en.json' with { type: 'json' };
import fr from '../words/fr.json' with { type: 'json' };
import nl from '../words/nl.json' with { type: 'json' };

/** What the page of a dossier says, by language. */
export const WORDS: Readonly<Record<Language, Readonly<Record<keyof typeof en, string>>>> = { en, fr, nl, de };
