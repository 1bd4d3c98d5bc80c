import type { DemandFile, Language } from '@proviso/catalogue';

/** What papers of the demand that stands in a published purchase say besides. */
export interface Published {
  /** Of the purchase's keys. */
  fingerprint: string;
  /** The offline form that seals to them. */
  form(language: Language): Promise<string>;
}

interface Made {
  media: string;
  /** `published` is null before publication, and for other versions of the demand than the one that stands. */
  make(
    file: DemandFile,
    language: Language,
    day: string,
    published: Published | null,
  ): Promise<string | Uint8Array | null>;
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const JSON_MEDIA = 'application/json';
const text = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
/** The writers of papers are large, and most requests want none. */
const publishing = () => import('@proviso/publishing');

/** What can be downloaded of a demand, by name; titles are messages `file-NAME`. Null where the demand has none of it. */
export const DEMAND_FILES: Readonly<Record<string, Made>> = {
  'annex.docx': {
    media: DOCX,
    make: async (file, language, _, published) =>
      (await publishing()).annexDocx(file, language, published ? { fingerprint: published.fingerprint } : {}),
  },
  'clauses.docx': { media: DOCX, make: async (file, language) => (await publishing()).clausesDocx(file, language) },
  'justification.docx': {
    media: DOCX,
    make: async (file, language) => (await publishing()).justificationDocx(file, language),
  },
  'questionnaire.xlsx': {
    media: XLSX,
    make: async (file, language) => (await publishing()).questionnaireXlsx(file, language),
  },
  'matrix.xlsx': { media: XLSX, make: async (file, language) => (await publishing()).matrixXlsx(file, language) },
  'form.html': {
    media: 'text/html; charset=utf-8',
    make: async (file, language, _, published) =>
      published ? published.form(language) : (await publishing()).offlineForm(file, language),
  },
  'oscal-catalog.json': {
    media: JSON_MEDIA,
    make: async (file, language) => text((await publishing()).oscalCatalog(file, language)),
  },
  'oscal-profile.json': {
    media: JSON_MEDIA,
    make: async (file, language) => {
      const profile = (await publishing()).oscalProfile(file, language);
      return profile ? text(profile) : null;
    },
  },
  'ocds.json': {
    media: JSON_MEDIA,
    make: async (file, language, day, published) =>
      text((await publishing()).ocdsRequirements(file, language, day, published?.fingerprint)),
  },
  'demand.json': { media: JSON_MEDIA, make: async (file) => text(file) },
};
