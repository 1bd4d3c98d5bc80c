import { text as textOf } from 'node:stream/consumers';
import { type FileStore, namePurchaseFile, recordFile, streamOf, type TenantScope } from '@proviso/store';
import { type Remarks, remarks } from '../contract/papers.ts';
import type { Deps } from '../http/deps.ts';

const TEXT = 'text/plain; charset=utf-8';
const JSON_MEDIA = 'application/json';

/** A long text of a supplier's as a file: the purchase's document keeps its hash, which this gives. */
export async function keepText(
  trx: TenantScope,
  deps: Pick<Deps, 'files'>,
  purchase: string,
  text: string,
): Promise<string> {
  return await keep(trx, deps, purchase, text, TEXT);
}

/** The same for what a supplier says of a draft. */
export async function keepRemarks(
  trx: TenantScope,
  deps: Pick<Deps, 'files'>,
  purchase: string,
  said: Remarks,
): Promise<string> {
  return await keep(trx, deps, purchase, JSON.stringify(said), JSON_MEDIA);
}

async function keep(
  trx: TenantScope,
  { files }: Pick<Deps, 'files'>,
  purchase: string,
  content: string,
  media: string,
): Promise<string> {
  const { sha256, bytes } = await files.put(streamOf(content));
  const hash = Buffer.from(sha256, 'hex');
  await recordFile(trx, files, { sha256: hash, bytes, media });
  await namePurchaseFile(trx, purchase, hash);
  return sha256;
}

export const readText = async (files: FileStore, sha256: string): Promise<string> => textOf(await files.get(sha256));

/** What a supplier said of a draft; answers of the time when there was one text only are that text. */
export async function readRemarks(files: FileStore, sha256: string): Promise<Remarks> {
  const content = await readText(files, sha256);
  try {
    const read = remarks.safeParse(JSON.parse(content));
    if (read.success) return read.data;
  } catch {
    // Not JSON: a text.
  }
  return { text: content, comments: [] };
}
