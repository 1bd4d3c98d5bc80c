import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const HELP = `Starts Proviso's workbench.

  node apps/server/bin/workbench.mjs [--port N] [--host HOST] [--data DIR] [--no-open] [--example]

  --port N     where it listens; 4180 unless you say so, 0 for any that is free
  --host HOST  127.0.0.1 unless you say so: nobody else reaches it. Behind a reverse proxy leave it so
  --data DIR   keeps database, files and keys; a folder of your own unless you say so
  --no-open    opens no browser
  --example    offers a worked example: one purchase with four suppliers' offers
  --no-jobs    leaves readings, letters and reminders to workers
  --worker     works on those and serves no pages; needs DATABASE_URL and PROVISO_URL, and the servers' files

The first start prints a link with which you found your organisation; it works once, for seven days. Start again for another.

By environment:
  DATABASE_URL         another PostgreSQL (15 or later) instead of the one that comes along
  PROVISO_DATA         the same as --data
  PROVISO_S3_BUCKET …  files in an S3-compatible store instead of the folder
  PROVISO_URL          where people reach it, as https://proviso.example
  PROVISO_TRUST_PROXY  addresses of reverse proxies, with commas, whose x-forwarded-for is believed
  PROVISO_OIDC_DISCOVERY, PROVISO_OIDC_CLIENT_ID, PROVISO_OIDC_CLIENT_SECRET   single sign-on
  PROVISO_SECRETS      content of DIR/secrets.json, the same on all hosts
  PROVISO_SMTP_URL     sends letters; without it they wait in the outbox, to be read
  PROVISO_PROBES=off   looks at no supplier's service from outside
  PROVISO_PROBE_PLACE  what the place is called from which it looks

Ctrl+C stops it: requests under way end, and nothing that was acknowledged is lost.
`;
const DEFAULT_PORT = 4180;
const USAGE = 2;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function argumentsOf(args: string[]) {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      open: { type: 'boolean', default: true },
      example: { type: 'boolean', default: false },
      jobs: { type: 'boolean', default: true },
      worker: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port}: a port is a number from 0 to 65535.`);
  return { ...values, port };
}

/** What a person can do about an error at start; undefined for one that is ours. */
function advice(error: unknown, port: number): string | undefined {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken, perhaps by a workbench that runs already. Stop it, or choose another: --port ${port + 1}`;
  if (code === 'EACCES') return `Not permitted: ${message}. Choose a port above 1023 and a --data folder of your own.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `--host: ${message}. Use an address of this machine.`;
  return name === 'StoreError' || code === undefined ? message : undefined;
}

/** Opens the browser where there is a screen; that it does not open is no failure. */
function openBrowser(address: string): void {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const command = platform === 'darwin' ? 'open' : platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(command, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/** What PostgreSQL says of its coming and going is no news. */
const log = (line: string): void => (/ LOG: /.test(line) ? undefined : say(line));

let given: ReturnType<typeof argumentsOf>;
try {
  given = argumentsOf(process.argv.slice(2));
} catch (error) {
  say(`proviso: ${(error as Error).message}\nSee --help.`);
  process.exit(USAGE);
}
if (given.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
try {
  const [{ environmentOf, startServer }, { placeFrom }] = await Promise.all([
    import('./index.ts'),
    import('@proviso/store'),
  ]);
  const { port, host, data, example, jobs } = given;
  const place = placeFrom({ data }, process.env);
  const environment = environmentOf(process.env);
  let close: () => Promise<void>;
  if (given.worker) {
    const { startWorker } = await import('./worker.ts');
    close = await startWorker({ place, environment, log });
    process.stdout.write('Proviso works on jobs\n');
  } else {
    const server = await startServer({ port, host, place, environment, example, jobs, log });
    close = server.close;
    process.stdout.write(`Proviso runs at ${server.url}\n`);
    if (server.setUpLink) process.stdout.write(`Set it up once, within seven days:\n  ${server.setUpLink}\n`);
    if (given.open) openBrowser(server.setUpLink ?? server.url);
  }
  let stopping = false;
  const stop = async (): Promise<void> => {
    // The second time somebody is in a hurry: what was acknowledged is on disk.
    if (stopping) process.exit(1);
    stopping = true;
    say('Stopping …');
    await close();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
} catch (error) {
  const known = advice(error, given.port);
  say(known === undefined ? String((error as Error).stack) : `proviso: ${known}`);
  process.exit(1);
}
