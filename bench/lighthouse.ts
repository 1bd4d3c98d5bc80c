/**
 * `npm run bench:lighthouse`: has Lighthouse judge the accessibility of five main pages of a workbench that is started for it, with the browser of
 * the tests and without a network. Exits with 1 where a page has less than 100. Lighthouse itself is no dependency: it brings 114 packages and
 * 176 MB. `npm install lighthouse@13.5.0` into a folder of your own, and name that in PROVISO_LIGHTHOUSE.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { placeFrom } from '@proviso/store';
import { launchBrowser } from '@proviso/study/testing/browser';
import { environmentOf, startServer } from 'proviso-server';
import { parse } from 'yaml';
import { machine, ROOT, record } from './measure.ts';

interface Judged {
  lhr: {
    finalDisplayedUrl: string;
    categories: { accessibility: { score: number | null } };
    audits: Record<string, { title: string; score: number | null; scoreDisplayMode: string }>;
  };
}
type Lighthouse = (url: string, flags: object) => Promise<Judged | undefined>;

const folder = process.env.PROVISO_LIGHTHOUSE;
if (folder === undefined) {
  console.error('Set PROVISO_LIGHTHOUSE to a folder in which "npm install lighthouse@13.5.0" was run.');
  process.exit(2);
}
const entry = join(resolve(folder), 'node_modules/lighthouse/core/index.js');
const { default: lighthouse } = (await import(pathToFileURL(entry).href)) as { default: Lighthouse };

const PASSWORD = 'one long sentence for all';
const port = await freePort();
const data = mkdtempSync(join(tmpdir(), 'proviso-lighthouse-'));
// Under root PostgreSQL runs as another user, who must get to its data.
chmodSync(data, 0o711);
const [browser, server] = await Promise.all([
  launchBrowser([`--remote-debugging-port=${port}`]),
  startServer({
    port: 0,
    host: '127.0.0.1',
    place: placeFrom({ data: join(data, 'data') }, {}),
    environment: environmentOf({}),
    example: false,
    jobs: false,
    log: () => undefined,
  }),
]);
let worst = 1;
try {
  const { cookie, pages } = await prepare();
  const lines = ['## Accessibility by Lighthouse', '', `\`npm run bench:lighthouse\` on ${machine()}.`, ''];
  lines.push('| page | of 100 |', '|---|---|');
  for (const [name, path] of pages) {
    const judged = await lighthouse(`${server.url}${path}`, {
      port,
      onlyCategories: ['accessibility'],
      output: 'json',
      logLevel: 'error',
      disableStorageReset: true,
      ...(path === '/sign-in' ? {} : { extraHeaders: { cookie } }),
    });
    // Who is not signed in is led elsewhere, and another page would be judged.
    if (!judged?.lhr.finalDisplayedUrl.includes(path))
      throw new Error(`${path} led to ${judged?.lhr.finalDisplayedUrl}.`);
    const score = judged.lhr.categories.accessibility.score ?? 0;
    worst = Math.min(worst, score);
    lines.push(`| ${name} | ${Math.round(score * 100)} |`);
    console.log(lines.at(-1));
    for (const { title, score: own, scoreDisplayMode } of Object.values(judged.lhr.audits))
      if (scoreDisplayMode === 'binary' && own === 0) console.log(`  ${title}`);
  }
  record('npm run bench:lighthouse', lines);
} finally {
  await browser.close();
  await server.close();
  rmSync(data, { recursive: true, force: true });
}
if (worst < 1) process.exitCode = 1;

/** Founds an organisation with a purchase; gives who is signed in, and the pages to look at. */
async function prepare(): Promise<{ cookie: string; pages: [name: string, path: string][] }> {
  const ask = async (method: string, path: string, body: object, own = ''): Promise<Response> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: server.url, cookie: own },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const owner = { name: 'Olga', email: 'olga@town.example', password: PASSWORD };
  const token = server.setUpLink?.split('#')[1];
  const founded = await ask('POST', '/api/set-up', { token, organisation: 'Town of Aarlen', ...owner });
  const { tenant } = (await founded.json()) as { tenant: string };
  const signedIn = await ask('POST', '/api/auth/sign-in/email', owner);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const context = parse(readFileSync(join(ROOT, 'examples/contexts/municipal-portal.yaml'), 'utf8')) as object;
  const made = await ask(
    'POST',
    `/api/t/${tenant}/purchases`,
    { title: 'Citizens’ portal', country: 'BE', zone: 'Europe/Brussels' },
    cookie,
  );
  const { purchase, version } = (await made.json()) as { purchase: { id: string }; version: number };
  await ask('PUT', `/api/t/${tenant}/purchases/${purchase.id}/demand`, { version, context }, cookie);
  const of = `/t/${tenant}/purchases/${purchase.id}`;
  return {
    cookie,
    pages: [
      ['sign-in', '/sign-in'],
      ['home', `/t/${tenant}/home`],
      ['a purchase', `${of}/overview`],
      ['its requirements', `${of}/demand`],
      ['the catalogue', `/t/${tenant}/catalogue`],
    ],
  };
}

/** A port that was free a moment ago: Lighthouse finds the browser by it. */
async function freePort(): Promise<number> {
  const held = createServer();
  await new Promise<void>((done) => held.listen(0, '127.0.0.1', done));
  const { port: found } = held.address() as { port: number };
  await new Promise((done) => held.close(done));
  return found;
}
