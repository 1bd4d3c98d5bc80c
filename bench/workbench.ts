/**
 * `npm run bench:workbench [-- --quick] [--data DIR]`: starts a workbench on a data folder of its own, fills it as a region's would be after
 * years, and lets three hundred people work on it for a minute. Writes its part of docs/benchmarks.md, unless --quick. With `--data` the folder is kept, and a
 * second run goes on with what the first has filled.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { connect } from '@proviso/store';
import { firstLoad, type Manifest, SUPPLIER, WORKBENCH } from '../apps/web/src/testing/first-load.ts';
import { machine, median, ROOT, record } from './measure.ts';
import { type Figures, isWrite, type Plan } from './workbench/drive.ts';
import { timeEvaluation } from './workbench/page.ts';
import { type People, REGION, seed } from './workbench/seed.ts';

const { quick, data: kept } = parseArgs({ options: { quick: { type: 'boolean' }, data: { type: 'string' } } }).values;
const lines: string[] = [];
const say = (line: string): void => {
  console.log(line);
  lines.push(line);
};
const size = quick ? { purchases: 100, offers: 13, documents: 500, passages: 10 } : REGION;
const PASSWORD = 'one long sentence for all';
const ROLES: Record<keyof People, string[]> = {
  olga: ['owner'],
  bram: ['buyer'],
  sven: ['security'],
  lena: ['legal'],
  eva: ['evaluator'],
  emil: ['evaluator'],
  odin: ['opener'],
  opal: ['opener'],
};
const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'proviso-workbench-')) : resolve(kept);
mkdirSync(folder, { recursive: true });
// Under root PostgreSQL runs as another user, who must get to its data.
chmodSync(folder, 0o711);
const data = join(folder, 'data');

interface Running {
  child: ChildProcess;
  url: string;
  link: string | null;
  /** Milliseconds until it said where it runs. */
  took: number;
}

const FILLED = join(folder, 'filled.json');

interface Filled {
  tenant: string;
  cookies: Record<string, string>;
  seeded: Awaited<ReturnType<typeof seed>>;
}

/** What runs now; stopped however this ends. */
let running: ChildProcess | undefined;
try {
  say('## The workbench\n');
  say(`\`npm run bench:workbench\` on ${machine()}; people, server and PostgreSQL share the machine.\n`);
  say('| what | figure |\n|---|---|');
  const { tenant, cookies, seeded } = existsSync(FILLED)
    ? (JSON.parse(readFileSync(FILLED, 'utf8')) as Filled)
    : await fill();
  const server = await start();
  say(`| warm start | ${(server.took / 1000).toFixed(1)} s (wanted ≤ 2.5) |`);
  say(`| memory of the server at rest, without PostgreSQL | ${residentMb(server)} MB (wanted ≤ 350) |`);
  say(`| compressed script of the first load | ${firstLoads()} |`);
  const pages = await timeEvaluation(server.url, { tenant, purchase: seeded.wide, cookie: cookies.eva ?? '' });
  const wait = (of: 'shown' | 'usable'): string => (median(pages.map((one) => one[of])) / 1000).toFixed(2);
  say(
    `| comparison of 12 offers × 150 requirements, cold browser, median of ${pages.length} | shown after ${wait('shown')} s, usable after ${wait('usable')} s (wanted ≤ 1.5) |`,
  );
  const plan: Plan = {
    url: server.url,
    tenant,
    cookies,
    opened: seeded.purchases.opened ?? [],
    published: seeded.purchases.published ?? [],
    users: 300,
    seconds: quick ? 15 : 60,
    thinkMs: 2_000,
  };
  const figures = await drive(plan);
  say(`| memory of the server at the end | ${residentMb(server)} MB |`);
  report(figures, seeded.answers);
  if (!quick) record('npm run bench:workbench', lines);
  await stop(server);
} finally {
  if (running) await stop({ child: running });
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

/** The first start, the people, and years of work. */
async function fill(): Promise<Filled> {
  const first = await start();
  say(`| first start | ${(first.took / 1000).toFixed(1)} s (wanted ≤ 6) |`);
  const { tenant, people, cookies } = await settle(first);
  const store = await connect({ database: { dataDir: data, join: true }, poolSize: 4 });
  const seeded = await seed(store, tenant, people, size, (line) => console.error(line));
  await store.close();
  await stop(first);
  const filled = { tenant, cookies, seeded };
  writeFileSync(FILLED, JSON.stringify(filled));
  return filled;
}

/** Starts the server and waits until it says where it runs, and at a first start with which link it is set up. */
async function start(): Promise<Running> {
  const first = !existsSync(data);
  const began = performance.now();
  const args = ['apps/server/bin/workbench.mjs', '--port', '0', '--data', data, '--no-open'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  running = child;
  let said = '';
  return await new Promise((done, failed) => {
    child.once('exit', () => failed(new Error('The server did not start.')));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      const url = /runs at (\S+)\n/.exec(said)?.[1];
      const link = /(\S+\/set-up#\S+)\n/.exec(said)?.[1] ?? null;
      if (url && (link || !first)) done({ child, url, link, took: performance.now() - began });
    });
  });
}

async function stop({ child }: Pick<Running, 'child'>): Promise<void> {
  running = undefined;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** Founds the organisation, lets everybody join, and signs them in. */
async function settle({
  url,
  link,
}: Running): Promise<{ tenant: string; people: People; cookies: Record<string, string> }> {
  const post = async (path: string, body: object, cookie = ''): Promise<Response> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const signIn = async (name: string): Promise<string> => {
    const answer = await post('/api/auth/sign-in/email', { email: `${name}@region.example`, password: PASSWORD });
    return answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
  };
  const token = link?.split('#')[1] ?? '';
  const owner = { name: 'olga', email: 'olga@region.example', password: PASSWORD };
  const { tenant } = (await (await post('/api/set-up', { token, organisation: 'Region', ...owner })).json()) as {
    tenant: string;
  };
  const cookies: Record<string, string> = { olga: await signIn('olga') };
  const people: Record<string, string> = {};
  for (const [name, roles] of Object.entries(ROLES)) {
    if (name === 'olga') continue;
    const invited = await post(
      `/api/t/${tenant}/people`,
      { email: `${name}@region.example`, name, roles },
      cookies.olga,
    );
    const { id, link: joining } = (await invited.json()) as { id: string; link: string };
    await post('/api/join', { token: joining.split('#')[1], name, password: PASSWORD });
    people[name] = id;
    cookies[name] = await signIn(name);
  }
  const me = (await (await fetch(`${url}/api/me`, { headers: { cookie: cookies.olga ?? '' } })).json()) as {
    memberships: { person: string }[];
  };
  people.olga = me.memberships[0]?.person ?? '';
  return { tenant, people: people as People, cookies };
}

type Sizes = ReturnType<typeof firstLoad>;

/** Of the workbench, and of the page that a supplier's link opens. */
function firstLoads(): string {
  const read = (file: string): Buffer => readFileSync(join(ROOT, 'apps/web/dist', file));
  const manifest = JSON.parse(String(read('.vite/manifest.json'))) as Manifest;
  const kb = (sizes: Sizes): string => (sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000).toFixed(0);
  const [bench, form] = [WORKBENCH, SUPPLIER].map((parts) => firstLoad(manifest, read, parts)) as [Sizes, Sizes];
  return `workbench ${kb(bench)} KB (wanted ≤ 220), supplier’s form ${kb(form)} KB (wanted ≤ 110)`;
}

async function drive(plan: Plan): Promise<Figures> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'workbench/drive.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(plan));
  return JSON.parse(await text(child.stdout)) as Figures;
}

function residentMb({ child }: Running): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function report({ took, errors }: Figures, answers: number): void {
  const at = (list: number[], share: number): string =>
    (list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? 0).toFixed(0);
  const row = (name: string, list: number[], wanted: string): void =>
    say(`| ${name} | ${list.length} | ${at(list, 0.5)} | ${at(list, 0.95)} | ${at(list, 0.99)} | ${wanted} |`);
  const all = (write: boolean): number[] =>
    Object.entries(took).flatMap(([kind, list]) => (isWrite(kind) === write ? list : []));
  say(
    `\n${size.purchases} purchases, ${answers} answers, ${size.documents} readings; 300 people, two seconds of thought.\n`,
  );
  say('| request | number | p50, ms | p95, ms | p99, ms | p95 wanted |\n|---|---|---|---|---|---|');
  for (const kind of Object.keys(took).sort()) row(kind, took[kind] ?? [], kind === 'search' ? '≤ 60' : '');
  row('reads', all(false), '≤ 120');
  row('writes', all(true), '≤ 250');
  const faults = Object.entries(errors);
  say(`\n${faults.length === 0 ? 'No error.' : faults.map(([what, n]) => `${n} × ${what}`).join('\n')}`);
}
