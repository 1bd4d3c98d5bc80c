import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { loadCatalogue } from '@proviso/catalogue';
import { connect, openJobs, type Place } from '@proviso/store';
import { loadSecrets } from './auth/secrets.ts';
import { type Environment, LIMITS, VERSION } from './config.ts';
import type { Deps } from './http/deps.ts';

export { type Environment, environmentOf, VERSION } from './config.ts';

export interface ServerOptions {
  /** 0: any that is free. */
  port: number;
  /** `127.0.0.1` unless others shall reach it. */
  host: string;
  /** Database, files and data folder: `placeFrom` of the store. */
  place: Place;
  environment: Environment;
  /** Is the worked example offered? */
  example: boolean;
  /** Folder of the built pages; left out: that of `apps/web`. */
  pages?: string;
  /** The clock; left out: the machine's. Sign-in keeps to the machine's in any case. */
  now?: () => Date;
  /** Does it work on jobs, too? False where workers do. */
  jobs: boolean;
  log(line: string): void;
}

export interface RunningServer {
  url: string;
  /** Where the workbench is set up, once; null where it is. */
  setUpLink: string | null;
  /** Lets requests end, then stops jobs and database. */
  close(): Promise<void>;
}

/** Made by the build of `apps/web`; without it the API runs alone. */
const PAGES = join(import.meta.dirname, '..', '..', 'web', 'dist');

/**
 * Starts the workbench: database, files, jobs, sign-in, pages. What is large is loaded when it is first asked for.
 * @throws StoreError where the database will not do; an Error with the code `EADDRINUSE` where the port is taken. What was begun is stopped.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, place, example, environment, log, pages = PAGES, now = () => new Date() } = options;
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const port = await freePort(options.port, host);
    const url = environment.baseUrl ?? `http://${nameOf(host)}:${port}`;
    await mkdir(place.dataDir, { recursive: true, mode: 0o700 });
    // The code is read while the database starts: together they are most of a start.
    const code = load();
    code.catch(() => {});
    const store = await connect({ database: place.database, log });
    ends.push(() => store.close());
    const { createApp, openSignIn, setUpLink, watchClosings, workersOf } = await code;
    // After the database, which keeps a second server off the folder.
    const secrets = await loadSecrets(place.dataDir, environment.secrets);
    const jobs = await openJobs(store, log);
    ends.push(() => jobs.close());
    const deps: Deps = {
      store,
      jobs,
      files: place.files,
      catalogue: loadCatalogue(),
      now,
      baseUrl: url,
      receiptKey: secrets.receiptKey,
      log,
      pages: existsSync(pages) ? pages : null,
    };
    const also = environment.baseUrl === null ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [];
    const { oidc } = environment;
    const signIn = openSignIn(store, { baseUrl: url, trustedOrigins: also, secret: secrets.signIn, oidc }, log);
    ends.push(() => signIn.close());
    const app = await createApp(deps, {
      version: VERSION,
      example,
      probes: environment.workers.probes.looks,
      pages: deps.pages ?? null,
      limits: LIMITS,
      trustProxy: environment.trustProxy,
      signIn,
    });
    ends.push(() => app.close());
    ends.push(watchClosings(deps));
    if (options.jobs) await jobs.startWorkers(workersOf(deps, environment.workers));
    await app.listen({ port, host });
    return { url, setUpLink: await setUpLink(deps), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function load() {
  const [app, signIn, setUp, closing, workers] = await Promise.all([
    import('./app.ts'),
    import('./auth/sign-in.ts'),
    import('./people/set-up.ts'),
    import('./purchases/closing.ts'),
    import('./messages/workers.ts'),
  ]);
  return { ...app, ...signIn, ...setUp, ...closing, ...workers };
}

/** Where it listens, as people type it; by name where it can be, since a passkey belongs to a name and never to an address (WebAuthn, 5.1.2). */
const nameOf = (host: string): string =>
  ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;

/** The port itself, or one that is free for 0: sign-in must know its address before it listens. @throws EADDRINUSE */
async function freePort(port: number, host: string): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, host, resolve);
  });
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}
