import type { Readable } from 'node:stream';
import { safeName } from '@proviso/dossier';
import type { FileStore } from '@proviso/store';
import type { FastifyReply } from 'fastify';

/**
 * `content-disposition` that has a browser save a file under a name of others. RFC 6266; the name in RFC 8187's form, since it may hold any
 * letter.
 */
export function dispositionOf(name: string): string {
  const safe = safeName(name, 'file');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${safe.replace(/[^ -~]|["%\\]/g, '_')}"; filename*=UTF-8''${encoded}`;
}

/** A stored file of others as an answer: to be saved, never shown as a page of ours, whatever it holds. */
export async function attachment(
  reply: FastifyReply,
  files: FileStore,
  { name, sha256, bytes }: { name: string; sha256: string; bytes: number },
): Promise<Readable> {
  const stream = await files.get(sha256);
  reply
    .type('application/octet-stream')
    .header('content-length', bytes)
    .header('content-disposition', dispositionOf(name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff');
  return stream;
}
