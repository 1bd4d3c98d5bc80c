import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const ENTRY = createRequire(import.meta.url).resolve('@sparticuz/chromium');
const PACKAGE = dirname(dirname(ENTRY));
const PACKED = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((name) => join(PACKAGE, 'bin', name));
const UNPACK = `import { inflate } from ${JSON.stringify(pathToFileURL(ENTRY).href)};
for (const file of ${JSON.stringify(PACKED)}) await inflate(file);`;

/**
 * A real Chromium out of an npm package, for the tests of pages. It is unpacked once into the system's temporary folder, with the
 * libraries it needs beyond the C library (NSS, NSPR, expat), so that a bare Linux machine can run it.
 * `PROVISO_CHROMIUM` names another Chromium to use instead, as on a Mac. `more` are arguments beside the usual.
 * @throws Error that says what is missing when no browser can be started; a page that nobody tried in a browser is not tested.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const own = process.env.PROVISO_CHROMIUM;
  if (own === undefined && (process.platform !== 'linux' || process.arch !== 'x64')) {
    throw new Error(
      `The tests of pages need a browser, and the packaged one runs on Linux x64 only, not on ${process.platform} ${process.arch}. Set PROVISO_CHROMIUM to the path of a Chromium or Chrome.`,
    );
  }
  const folder = own === undefined ? await unpacked() : '';
  const executablePath = own ?? join(folder, 'chromium');
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  if (own === undefined) {
    env.LD_LIBRARY_PATH = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
    env.FONTCONFIG_PATH = join(folder, 'fonts');
  }
  try {
    return await chromium.launch({
      executablePath,
      env,
      timeout: 15_000,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-software-rasterizer',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-sync',
        '--no-pings',
        '--font-render-hinting=none',
        // No test goes further than this machine.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
        ...more,
      ],
    });
  } catch (error) {
    const missing =
      spawnSync('ldd', [executablePath], { env, encoding: 'utf8' }).stdout?.match(/^.*not found.*$/gm) ?? [];
    const why = missing.length > 0 ? `Libraries that this machine lacks:\n${missing.join('\n')}` : String(error);
    throw new Error(`NO BROWSER: no page was tested, because ${executablePath} does not start.\n${why}`);
  }
}

/** The folder with the unpacked browser; made under another name and renamed, so that two runs cannot meet in a half-made one. */
async function unpacked(): Promise<string> {
  const { version } = createRequire(import.meta.url)(join(PACKAGE, 'package.json')) as { version: string };
  const folder = join(tmpdir(), `proviso-chromium-${version}`);
  if (existsSync(join(folder, 'chromium'))) return folder;
  const draft = mkdtempSync(`${folder}-`);
  // The package unpacks into the temporary folder and takes no other: in a process of its own, since here it is where others put theirs.
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    env: { ...process.env, TMPDIR: draft },
  });
  // Without a single font Chromium stops at the first text; the package's own list names folders of another system.
  const fonts = [join(folder, 'fonts'), '/usr/share/fonts'].map((path) => `<dir>${path}</dir>`).join('');
  writeFileSync(
    join(draft, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig>${fonts}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  return keep(draft, folder);
}

function keep(draft: string, folder: string): string {
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
