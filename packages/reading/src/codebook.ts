import { readContent } from '@proviso/content';
import { MESSAGE_LANGUAGES, type MessageLanguage } from './messages.ts';
import {
  type Addressee,
  type Modality,
  type ScopeValue,
  type SecurityValue,
  type StandardsValue,
  TOPICS,
} from './types.ts';

/** Values of each scale, lowest first where the scale is ordinal. */
export const SCALES = {
  scope: ['none', 'general', 'chapter', 'dedicated'] satisfies ScopeValue[],
  security: ['none', 'passing', 'aspiration', 'process', 'requirement', 'proof'] satisfies SecurityValue[],
  standards: ['none', 'unnamed', 'management', 'named', 'versioned', 'tested'] satisfies StandardsValue[],
  modality: ['must', 'should', 'may', 'context', 'negative', 'boilerplate'] satisfies Modality[],
  addressee: ['supplier', 'buyer', 'both', 'unclear'] satisfies Addressee[],
  topic: TOPICS,
  status: ['current', 'superseded', 'obsolete', 'withdrawn', 'historic', 'deprecated', 'draft', 'unknown'],
} as const;
export type Scale = keyof typeof SCALES;

type Texts = Record<MessageLanguage, string>;

export interface Code {
  id: string;
  label: Texts;
  /** Absent for a status, which the registry defines. */
  definition?: Texts;
  examples?: Record<MessageLanguage, string[]>;
}

export interface Codebook {
  version: string;
  scales: Record<Scale, { question: Texts; values: Code[] }>;
}

/** Version of the codebook in force; the file of that name holds it. */
export const CODEBOOK_VERSION = 'proviso-1';

const FILE = new URL(`../codebook/${CODEBOOK_VERSION}.yaml`, import.meta.url);
let known: Codebook | undefined;

/** The codebook in force. Throws where a value of a scale is missing, unknown or not in all four languages. */
export function loadCodebook(file: URL = FILE): Codebook {
  if (file === FILE && known) return known;
  const codebook = readContent(file) as Codebook;
  if (file === FILE && codebook.version !== CODEBOOK_VERSION)
    throw new Error(`codebook: the file says version ${codebook.version}, not ${CODEBOOK_VERSION}`);
  check(codebook);
  if (file === FILE) known = codebook;
  return codebook;
}

/** Short name of a value for a reader; English where the language is not one of the codebook's, the id where the value is unknown. */
export function codeLabel(scale: Scale, value: string, language = 'en'): string {
  const code = loadCodebook().scales[scale].values.find(({ id }) => id === value);
  return code?.label[language as MessageLanguage] ?? code?.label.en ?? value;
}

function check(codebook: Codebook): void {
  for (const scale of Object.keys(SCALES) as Scale[]) {
    const entry = codebook.scales[scale];
    const ids = entry.values.map(({ id }) => id).join(' ');
    if (ids !== SCALES[scale].join(' '))
      throw new Error(`codebook ${scale}: has ${ids}, and should have ${SCALES[scale].join(' ')}`);
    for (const code of entry.values) {
      for (const texts of [entry.question, code.label, code.definition ?? code.label, code.examples ?? code.label]) {
        for (const language of MESSAGE_LANGUAGES) {
          if (!texts[language] || texts[language].length === 0)
            throw new Error(`codebook ${scale}.${code.id}: a text in ${language} is missing`);
        }
      }
    }
  }
}
