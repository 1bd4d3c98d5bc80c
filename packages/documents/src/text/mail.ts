import type { Address, Email } from 'postal-mime';
import PostalMime from 'postal-mime';
import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { readHtml } from './html.ts';
import { isAttached, partsOf, withBodies } from './mail-parts.ts';
import { dropInvisible, tidy } from './piece.ts';
import { readLines } from './plain-blocks.ts';

/** Nesting of MIME parts no honest mail has. */
const MAX_PARTS_DEPTH = 50;
const MAX_HEADERS = 2 * 1024 * 1024;
/** Quoted-printable takes three bytes for one. */
const ENCODED_A_CHAR = 3;
const NOTHING = new Uint8Array();

/** Mail: its headers as properties and fields, its body, what it quotes. Attachments are members of it: see `archive.ts`. */
export const reader: FormatReader = {
  formats: ['eml'],
  async read(bytes: Uint8Array, file: FileToRead): Promise<Document> {
    const builder = new BoundedBuilder('eml', file.limits);
    const mail = await parseMail(withoutAttachments(bytes, builder, file.limits.maxChars));
    const savedPage =
      mail.headers.some((header) => header.key === 'snapshot-content-location') || /\.mht(?:ml)?$/i.test(file.name);
    if (!savedPage) addHeaders(builder, mail);
    const text = mail.text?.trim() ?? '';
    if (mail.html !== undefined && (text === '' || text.length < mail.html.length / 20))
      readHtml(builder, mail.html, { maxDepth: file.limits.maxDepth, whole: savedPage });
    else addBody(builder, text);
    if (savedPage) return builder.build();
    for (const name of mail.attachments
      .map((attachment) => attachment.filename)
      .filter((filename) => filename !== null)) {
      builder.add('field', `Attachment: ${tidy(name)}`);
    }
    return builder.build();
  },
};

/** The message as far as it is read here: its attachments are members of their own, and a text has an end. */
function withoutAttachments(bytes: Uint8Array, builder: BoundedBuilder, maxChars: number): Uint8Array {
  const parts = partsOf(bytes);
  return withBodies(bytes, parts, (index) => {
    const part = parts[index];
    if (part === undefined || isAttached(part.header)) return NOTHING;
    const aChar = /^content-transfer-encoding:\s*(?:quoted|base64)/im.test(part.header) ? ENCODED_A_CHAR : 1;
    const length = part.bodyEnd - part.bodyStart;
    const end = builder.holdsEnough(0, length / aChar) ? part.bodyStart + maxChars * aChar : part.bodyEnd;
    return bytes.subarray(part.bodyStart, end);
  });
}

/** Parses a message within bounds. Throws `UnreadableError` where it cannot be one. */
export async function parseMail(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, {
      maxNestingDepth: MAX_PARTS_DEPTH,
      maxHeadersSize: MAX_HEADERS,
      maxRfc822NestingDepth: 3,
    });
  } catch {
    throw new UnreadableError({
      code: 'corrupt',
      message: 'The message is damaged, or its parts are nested too deep. Ask for it again, or for its attachments.',
    });
  }
}

function addHeaders(builder: BoundedBuilder, mail: Email): void {
  const subject = tidy(mail.subject ?? '');
  if (subject !== '') {
    builder.title = subject;
    builder.property('title', subject);
    builder.add('title', subject);
  }
  const from = nameOf(mail.from);
  builder.property('author', from);
  builder.property('date', mail.date);
  builder.add('field', from === '' ? '' : `From: ${from}`);
  const to = (mail.to ?? [])
    .map(nameOf)
    .filter((name) => name !== '')
    .slice(0, 20)
    .join(', ');
  builder.add('field', to === '' ? '' : `To: ${to}`);
  builder.add('field', mail.date === undefined ? '' : `Date: ${mail.date.replace(/T.*$/, '')}`);
}

function nameOf(address: Address | undefined): string {
  return address === undefined ? '' : tidy(address.name || address.address || '');
}

/** The text, in runs of the writer's own lines and of those quoted with `>`. What stands below the signature mark is an aside. */
function addBody(builder: BoundedBuilder, text: string): void {
  const lines = dropInvisible(text).replace(/\r\n?/g, '\n').split('\n');
  const signature = lines.indexOf('-- ');
  const body = signature === -1 ? lines : lines.slice(0, signature);
  readLines(builder, unflow(body));
  if (signature !== -1) {
    const rest = lines.slice(signature + 1);
    const quoted = rest.findIndex((line) => line.startsWith('>'));
    builder.aside('footer', (quoted === -1 ? rest : rest.slice(0, quoted)).join('\n'));
    if (quoted !== -1) readLines(builder, unflow(rest.slice(quoted)));
  }
}

/** Lines that end in a space go on in the next one (format=flowed, RFC 3676). */
function unflow(lines: readonly string[]): string {
  return lines.map((line) => line.trimEnd()).join('\n');
}
