import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { LANGUAGES } from '../../i18n/language.ts';

type Words = Record<string, string>;

/** What the server makes the sealing offline form with: one script for all languages, and the words that it says beside the form's own. */
export interface OfflineForm {
  script: string;
  words: Record<string, Words>;
}

const ENTRY = fileURLToPath(new URL('../main.ts', import.meta.url));
const MESSAGES = new URL('../../../messages/', import.meta.url);

/** Words that are put together from a code. */
const COMPOSED =
  /^(?:file-(?:waiting|sealing|sending)|part-(?:quality|price)|trouble-(?:bad-input|broken-keys|file-changed|too-big))$/;

/** Writes `offline-form.json` beside the pages. */
export function offlineFormFile(): Plugin {
  return {
    name: 'proviso-offline-form',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'offline-form.json', source: JSON.stringify(await offlineForm()) });
    },
  };
}

/** One script that runs in a page from disk: no module, nothing fetched. */
export async function offlineForm(): Promise<OfflineForm> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [withoutOtherCurves()],
    build: {
      target: 'es2022',
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: ENTRY,
        output: { format: 'iife' },
        // Made when the library is loaded, and used by nobody here.
        treeshake: { manualPureFunctions: ['QSF', 'ecdhKem'] },
      },
    },
  });
  const outputs = 'output' in made ? made.output : [];
  const chunks = outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : []));
  if (chunks.length !== 1) throw new Error(`The offline form became ${chunks.length} scripts.`);
  // What would end the script element, or begin a comment in it, stands only in texts, where the sign can be written otherwise.
  const script = (chunks[0] ?? '').replace(/<(?=\/script|!--)/gi, '\\x3C');
  return { script, words: Object.fromEntries(LANGUAGES.map((one) => [one, wordsIn(script, one)])) };
}

/** Its own words, and of the supplier's page those that the script says. */
function wordsIn(script: string, language: string): Words {
  const read = (area: string): Words => JSON.parse(readFileSync(new URL(`${area}.${language}.json`, MESSAGES), 'utf8'));
  const said = Object.entries(read('offer')).filter(
    ([id]) => COMPOSED.test(id) || ['"', "'", '`'].some((quote) => script.includes(`${quote}${id}${quote}`)),
  );
  return { ...Object.fromEntries(said), ...read('offline') };
}

/** What age brings for hardware keys on the NIST curves: recipients of kinds that no purchase has. */
const OTHER_CURVES: readonly [line: string, instead: string][] = [
  [
    'import { MLKEM768P256, MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";',
    'import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js"; const MLKEM768P256 = undefined;',
  ],
  ['import { p256 } from "@noble/curves/nist.js";', 'const p256 = undefined;'],
];

/**
 * Leaves out 46 KB for those curves, a tenth of the whole form. Purchases have hybrid keys of ML-KEM-768 with X25519 and no others, which
 * `sealing/src/age.ts` sees to before the library is asked, so none of it is ever called.
 * @throws Error where the library is no longer written as it was, so that nothing is left out unseen
 */
function withoutOtherCurves(): Plugin {
  return {
    name: 'proviso-without-other-curves',
    transform(code, id) {
      if (!id.endsWith('/age-encryption/dist/recipients.js')) return null;
      return OTHER_CURVES.reduce((text, [line, instead]) => {
        if (!text.includes(line)) throw new Error(`age-encryption has changed: "${line}" is not in ${id}.`);
        return text.replace(line, instead);
      }, code);
    },
  };
}
