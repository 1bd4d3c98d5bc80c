import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeFrom } from '@proviso/store';
import { environmentOf, startServer } from 'proviso-server';
import { BEGIN, type Stage } from './prepared.ts';

/** A workbench as people start it, whose clock can be moved; `env` is what would stand in its environment, as `DATABASE_URL`. */
export async function openStage({
  pages,
  env = {},
}: {
  pages?: string;
  env?: NodeJS.ProcessEnv;
} = {}): Promise<Stage & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-stage-'));
  // Under root PostgreSQL runs as another user, who must get to its data.
  await chmod(folder, 0o711);
  let clock = new Date(BEGIN);
  const lines: string[] = [];
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    place: placeFrom({ data: join(folder, 'data') }, env),
    environment: environmentOf(env),
    example: false,
    jobs: true,
    now: () => clock,
    log: (line) => lines.push(line),
    ...(pages === undefined ? {} : { pages }),
  });
  return {
    url: server.url,
    setUpLink: server.setUpLink ?? '',
    setClock(at) {
      clock = new Date(at);
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
