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
const COMPOSED = /^(?:file-(?:waiting|sealing|sending)|trouble-(?:bad-input|broken-keys|file-changed|too-big))$/;

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
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
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

/**
 * age also speaks to hardware keys on the NIST curves, for which the libraries bring 46 KB: a tenth of the whole form. Purchases have hybrid keys of
 * ML-KEM-768 with X25519 and no others (`sealing/src/age.ts` refuses them), so none of it is ever called.
 */
function withoutOtherCurves(): Plugin {
  const NONE = '\0no-nist-curves';
  return {
    name: 'proviso-without-other-curves',
    enforce: 'pre',
    resolveId: (id) => (id === '@noble/curves/nist.js' ? NONE : null),
    load: (id) =>
      id === NONE ? { code: 'export const p256 = {}, p384 = {}, p521 = {};', moduleSideEffects: false } : null,
  };
}
