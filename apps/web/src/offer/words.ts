import { type Words as FormWords, type Say, say } from '@proviso/publishing/form-client';
import type { Language } from '../i18n/language.ts';
import { loadWords } from '../i18n/messages.ts';

type Twin = { default: { content: FormWords } };

/** The form's own words: the very ones that the offline form carries. */
const FORM_WORDS: Readonly<Record<Language, () => Promise<Twin>>> = {
  en: () => import('@proviso/publishing/form-words/en', { with: { type: 'json' } }) as Promise<Twin>,
  fr: () => import('@proviso/publishing/form-words/fr', { with: { type: 'json' } }) as Promise<Twin>,
  nl: () => import('@proviso/publishing/form-words/nl', { with: { type: 'json' } }) as Promise<Twin>,
  de: () => import('@proviso/publishing/form-words/de', { with: { type: 'json' } }) as Promise<Twin>,
};

/** The words of the page; where it has none of its own, those of the form. */
export async function loadOfferWords(language: Language): Promise<Say> {
  const [own, form] = await Promise.all([loadWords('offer', language), FORM_WORDS[language]()]);
  return (id, values = {}) => {
    const text = own(id, values);
    const { content } = form.default;
    return text === id && Object.hasOwn(content, id) ? say(content, id, values) : text;
  };
}
