import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Language } from '@proviso/catalogue';
import { dossierOf, knownBy, looksKnown, type ZipFile, zipped } from '@proviso/dossier';
import type { Purchase } from '@proviso/procurement';
import { biddersKnown } from '@proviso/procurement';
import { getPurchase, purchaseOfReference, StoreError, withTenant } from '@proviso/store';
import { EXIT, UsageError, unwritten } from '../exit.ts';
import { messages } from '../messages.ts';
import { languageOf } from '../person-language.ts';
import { organisations, type Workbench, withWorkbench } from '../run/workbench.ts';
import { printable } from '../terminal.ts';

export interface ExportOptions {
  out: string;
  organisation?: string;
  data?: string;
  lang?: Language;
  json?: boolean;
}

interface Place {
  tenant: string;
  organisation: string;
  id: string;
}

interface Written {
  files: number;
  bytes: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `proviso export PURCHASE`: a whole purchase as an open dossier, into a new folder or zip; beside a running workbench, or without one. What
 * the store does not give whole is left out and named, with exit code 3.
 */
export async function exportCommand(wanted: string, options: ExportOptions): Promise<void> {
  const { out } = options;
  if ((await stat(out).catch(() => null)) !== null)
    throw new UsageError(`export: ${out} is there already. Name another folder or file, or remove it first.`);
  const made = await withWorkbench(options.data, async (workbench) => {
    const place = await find(workbench, wanted, options.organisation);
    const { title, files } = await gather(workbench, place);
    const missing: { name: string; why: string }[] = [];
    const whole: ZipFile[] = [];
    for (const file of files) {
      const why = await faultOf(file);
      if (why === null) whole.push(file);
      else missing.push({ name: file.name, why });
    }
    const written = await (/\.zip$/i.test(out) ? intoZip : intoFolder)(out, whole);
    return { out, purchase: place.id, title, organisation: place.organisation, ...written, missing };
  });
  const { title, files, bytes, missing } = made;
  const say = messages(options.lang ?? languageOf(process.env));
  if (options.json) process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
  else process.stdout.write(`${printable(say('exportWritten', { title, files, bytes, out }))}\n`);
  for (const { name, why } of missing) process.stderr.write(`${printable(say('exportMissing', { name, why }))}\n`);
  if (missing.length > 0) process.exitCode = EXIT.partly;
}

/** The one purchase that is meant, by id or reference, among all organisations or in the one that is named. */
async function find(workbench: Workbench, wanted: string, organisation?: string): Promise<Place> {
  const all = await organisations(workbench);
  const among = organisation === undefined ? all : all.filter((one) => [one.tenant, one.name].includes(organisation));
  if (among.length === 0) {
    throw new UsageError(
      organisation === undefined
        ? 'export: nobody has set this workbench up yet, so there is no purchase in it.'
        : `export: there is no organisation ${organisation} here.${all.length > 0 ? ' There are:' : ''}`,
      all.map(({ tenant, name }) => `${name} (${tenant})`),
    );
  }
  const found: Place[] = [];
  for (const { tenant, name } of among) {
    const id = await withTenant(workbench.store.db, tenant, async (trx) =>
      UUID.test(wanted) ? (await getPurchase(trx, wanted))?.id : await purchaseOfReference(trx, wanted),
    );
    if (id !== undefined) found.push({ tenant, organisation: name, id });
  }
  const [one, another] = found;
  if (one === undefined)
    throw new UsageError(`export: there is no purchase ${wanted}. Give its reference, or the id in its address.`);
  if (another !== undefined) {
    throw new UsageError(
      `export: several organisations have a purchase ${wanted}. Say which with --organisation.`,
      found.map(({ organisation: name, tenant }) => `${name} (${tenant})`),
    );
  }
  return one;
}

async function gather(
  { store, files }: Workbench,
  { tenant, id }: Place,
): Promise<{ title: string; files: ZipFile[] }> {
  return await withTenant(store.db, tenant, async (trx) => {
    const whole = (await getPurchase(trx, id))?.document as Purchase;
    const made = new Date().toISOString();
    const view = {
      purchase: knownBy(whole, made),
      log: true,
      requests: biddersKnown(whole, made),
      liveChecks: looksKnown(whole),
      sealed: true,
      made,
    };
    return { title: whole.description.title, files: (await dossierOf(trx, files, whole, view)).files };
  });
}

/** Why the bytes of a file cannot be had; null where they can. An archive could not take a file back that breaks in its middle. */
async function faultOf({ content }: ZipFile): Promise<string | null> {
  if (typeof content !== 'function') return null;
  try {
    for await (const _ of await content());
    return null;
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
}

async function intoZip(out: string, files: readonly ZipFile[]): Promise<Written> {
  return await underHalfName(out, async (half, note) => {
    await write(half, zipped(files), note);
    return files.length;
  });
}

async function intoFolder(out: string, files: readonly ZipFile[]): Promise<Written> {
  return await underHalfName(out, async (half, note) => {
    await mkdir(half, { mode: 0o700 });
    for (const { name, content } of files) {
      const path = join(half, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await write(path, typeof content === 'function' ? await content() : [content], note);
    }
    return files.length;
  });
}

/** Has something written under another name until it is whole: what bears the name is a dossier. */
async function underHalfName(
  out: string,
  work: (half: string, note: (bytes: number) => void) => Promise<number>,
): Promise<Written> {
  const half = `${out}.half`;
  let bytes = 0;
  let begun = false;
  try {
    const files = await work(half, (more) => {
      begun = true;
      bytes += more;
    });
    await rename(half, out);
    return { files, bytes };
  } catch (error) {
    // One of that name that was there before is another's.
    const another = (error as NodeJS.ErrnoException).code === 'EEXIST' && !begun;
    if (!another) await rm(half, { recursive: true, force: true });
    if (another)
      throw new UsageError(`export: ${half} is there, perhaps from an export that broke off. Remove it first.`);
    throw error instanceof StoreError ? error : unwritten(out, error, begun);
  }
}

async function write(
  path: string,
  content: AsyncIterable<Uint8Array> | Iterable<string | Uint8Array>,
  note: (bytes: number) => void,
): Promise<void> {
  const counted = async function* () {
    for await (const chunk of content) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      note(bytes.length);
      yield bytes;
    }
  };
  await pipeline(Readable.from(counted()), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
}
