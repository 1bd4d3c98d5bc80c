import type { DemandFile, Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import type { OscalMetadata, OscalProperty } from './model.ts';
import { NAMESPACE, OSCAL_VERSION } from './names.ts';

/** A property that is Proviso's own. */
export function own(name: string, value: string): OscalProperty {
  return { name, ns: NAMESPACE, value };
}

/** What a file says of itself. Its day is that of the catalogue's edition: there is no clock here. */
export function metadataOf(title: string, { catalogue }: DemandFile, language: Language): OscalMetadata {
  const { edition, date, licence, note } = catalogue.edition;
  const draft = catalogue.requirements.some(({ reviewed }) => reviewed[language] === null);
  return {
    title,
    'last-modified': `${date}T00:00:00Z`,
    version: edition,
    'oscal-version': OSCAL_VERSION,
    props: [
      own('edition', edition),
      own('licence', licence),
      own('catalogue-hash', catalogue.hash),
      own('language', language),
    ],
    remarks: [note[language], ...(draft ? [say(wordsOf('oscal', language), 'draft')] : [])].join(' '),
  };
}
