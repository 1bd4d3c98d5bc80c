import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Store } from '../connect/connect.ts';
import type { FileStore } from '../files/file-store.ts';
import { keepFiles } from '../files/sweep.ts';
import { FrameWriter, type Section } from './format.ts';
import { copyTarget, tablesInOrder } from './tables.ts';

export interface BackupResult {
  /** Of the whole stream. */
  bytes: number;
  rows: number;
  files: number;
  /** Files that the store did not give whole, with why. The backup has everything else. */
  missing: { sha256: string; why: string }[];
}

/**
 * Writes everything that all tenants have: tables as of one moment, while others go on writing, and the files they name. Jobs that
 * wait are not in it: they are made again from what is. `out` is not ended. Memory stays bounded.
 */
export async function backup(
  store: Pick<Store, 'asOwner'>,
  files: FileStore,
  out: Writable,
  now: () => Date = () => new Date(),
): Promise<BackupResult> {
  return await store.asOwner(async (client) => {
    await keepFiles(client);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: migrations } = await client.query(
      'SELECT version, name, sha256 FROM proviso.migration ORDER BY version',
    );
    const tables = await tablesInOrder(client);
    const writer = new FrameWriter(out);
    const result: BackupResult = { bytes: 0, rows: 0, files: 0, missing: [] };
    await writer.begin({ created: now().toISOString(), migrations, tables });
    for (const table of tables) {
      await writer.json('T', { name: table.name });
      const source = client.query(copyTo(`COPY ${copyTarget(table)} TO STDOUT`));
      const { rows = 0 } = await section(writer, source);
      result.rows += rows;
    }
    for await (const sha256 of filesOf(client)) {
      await writer.json('F', { sha256 });
      const { bad } = await fileSection(writer, files, sha256);
      if (bad === undefined) result.files++;
      else result.missing.push({ sha256, why: bad });
    }
    await writer.end();
    await client.query('COMMIT');
    return { ...result, bytes: writer.bytes };
  });
}

/** Data and end of a section. In COPY's text format each row ends with the only line feed in it. */
async function section(writer: FrameWriter, source: AsyncIterable<Uint8Array>): Promise<Section> {
  const hash = createHash('sha256');
  const ended = { bytes: 0, rows: 0 };
  for await (const chunk of source) {
    hash.update(chunk);
    ended.bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) ended.rows++;
    await writer.frame('D', chunk);
  }
  const end = { ...ended, sha256: hash.digest('hex') };
  await writer.json('E', end);
  return end;
}

async function fileSection(writer: FrameWriter, files: FileStore, sha256: string): Promise<Section> {
  let bytes = 0;
  let bad: string | undefined;
  try {
    for await (const chunk of await files.get(sha256)) {
      bytes += (chunk as Buffer).length;
      await writer.frame('D', chunk as Buffer);
    }
  } catch (error) {
    bad = (error as Error).message;
  }
  const end = { sha256, bytes, ...(bad !== undefined && { bad }) };
  await writer.json('E', end);
  return end;
}

/** Hashes of the files of all tenants, each once, a thousand at a time. */
async function* filesOf(client: pg.ClientBase): AsyncGenerator<string> {
  for (let after = Buffer.alloc(0); ; ) {
    const { rows } = await client.query<{ sha256: Buffer }>(
      'SELECT DISTINCT sha256 FROM proviso.file WHERE sha256 > $1 ORDER BY sha256 LIMIT 1000',
      [after],
    );
    for (const { sha256 } of rows) yield sha256.toString('hex');
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.sha256 as Buffer<ArrayBuffer>;
  }
}
