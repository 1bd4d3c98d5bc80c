import type { Attachment } from 'postal-mime';
import type { Problem } from '../model.ts';
import type { Limits } from '../reader.ts';
import { DEFAULT_LIMITS, UnreadableError } from '../reader.ts';
import { sniff } from '../sniff.ts';
import { Zip } from '../zip.ts';
import { decodeBase64, type MailPart, partsOf, withBodies } from './mail-parts.ts';

/** A file inside an archive or mail: its path in there and its size, as the archive states it. */
export interface Member {
  name: string;
  bytes: number;
}

/** Files of one archive that are offered; tender folders hold some dozens. */
const MAX_MEMBERS = 10_000;
/** The mail itself, next to its attachments. */
const MAIL_BODY = 'message-body.eml';
/** Left behind by programs, not put there by people. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|~\$|\.git\/|\.svn\/)|(?:^|\/)\.[^/]+$/i;
/** What a signature or a certificate is kept in: no text. */
const NO_DOCUMENT = /\.(?:p7s|p7m|asc|sig|vcf|ics)$/i;

/** Whether a file is a folder of documents rather than one: a zip that is no office file, or a mail with attachments. */
export function isArchive(bytes: Uint8Array, name: string): boolean {
  if (bytes.length === 0) return false;
  const { format } = sniff(bytes, name);
  return format === 'zip' || (format === 'eml' && name.split('/').at(-1) !== MAIL_BODY && holdsAttachment(bytes));
}

/**
 * What an archive or mail holds, in its own order, one level deep. Litter is left out; members that cannot be opened are named in
 * the problems. Throws `UnreadableError` where the archive itself cannot be read.
 */
export async function listMembers(
  bytes: Uint8Array,
  name: string,
  limits: Pick<Limits, 'maxInflatedBytes'> = DEFAULT_LIMITS,
): Promise<{ members: Member[]; problems: Problem[] }> {
  if (sniff(bytes, name).format === 'eml') return listMail(bytes);
  const zip = new Zip(bytes, limits);
  const problems: Problem[] = [...zip.problems];
  const members: Member[] = [];
  const seen = new Set<string>();
  for (const entry of zip.entries) {
    if (LITTER.test(entry.name) || seen.has(entry.name)) continue;
    seen.add(entry.name);
    if (entry.encrypted)
      problems.push({
        code: 'encrypted',
        message: `"${entry.name}" is protected with a password. Ask for a copy without one.`,
        fatal: false,
      });
    else if (entry.size > limits.maxInflatedBytes && entry.size !== 0xffffffff)
      problems.push({
        code: 'too-large',
        message: `"${entry.name}" unpacks to ${Math.ceil(entry.size / 1_048_576)} MB, more than is read. Hand in the part that matters.`,
        fatal: false,
      });
    else members.push({ name: entry.name, bytes: entry.size });
  }
  if (members.length > MAX_MEMBERS) {
    problems.push({
      code: 'cut',
      message: `The archive holds ${members.length} files; the first ${MAX_MEMBERS} are read. Unpack it and hand in the rest as a folder.`,
      fatal: false,
    });
    members.length = MAX_MEMBERS;
  }
  return { members, problems };
}

/** The bytes of one member, by the name that `listMembers` gave. Throws `UnreadableError` (`not-found`, and what `Zip.read` throws). */
export async function openMember(
  bytes: Uint8Array,
  member: string,
  limits: Pick<Limits, 'maxInflatedBytes'> = DEFAULT_LIMITS,
): Promise<{ bytes: Uint8Array; name: string }> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return openAttachment(bytes, member);
  const zip = new Zip(bytes, limits);
  const entry = zip.entries.find((candidate) => candidate.name === member) ?? zip.get(member);
  if (entry === undefined) throw notFound(member);
  return { bytes: zip.read(entry), name: member };
}

async function listMail(bytes: Uint8Array): Promise<{ members: Member[]; problems: Problem[] }> {
  const held = [...(await attachmentsOf(bytes)).values()];
  const members: Member[] = [{ name: MAIL_BODY, bytes: bytes.length }];
  for (const { name, size, shown } of held) if (!shown && !NO_DOCUMENT.test(name)) members.push({ name, bytes: size });
  if (members.length <= MAX_MEMBERS) return { members, problems: [] };
  const message = `The message holds ${members.length} files; the first ${MAX_MEMBERS} are read. Save the rest to a folder and hand that in.`;
  return { members: members.slice(0, MAX_MEMBERS), problems: [{ code: 'cut', message, fatal: false }] };
}

async function openAttachment(bytes: Uint8Array, member: string): Promise<{ bytes: Uint8Array; name: string }> {
  if (member === MAIL_BODY) return { bytes, name: member };
  const held = (await attachmentsOf(bytes)).get(member);
  if (held === undefined) throw notFound(member);
  const { part } = held;
  if (part === null) return { bytes: held.content, name: member };
  return { bytes: await bodyOf(bytes, part), name: member };
}

/** What a part of a mail holds, without the objects that the parser makes of every line where they can be done without. */
async function bodyOf(bytes: Uint8Array, part: MailPart): Promise<Uint8Array> {
  const body = bytes.subarray(part.bodyStart, part.bodyEnd);
  const encoding = /^content-transfer-encoding:\s*"?([\w-]+)/im.exec(part.header)?.[1]?.toLowerCase() ?? '8bit';
  if (encoding === 'base64') return decodeBase64(body);
  if (encoding === '8bit' || encoding === '7bit' || encoding === 'binary') return body;
  const { parseMail } = await import('./mail.ts');
  // A part with its header is a message of its own.
  const alone = await parseMail(bytes.subarray(part.headerStart, part.bodyEnd));
  return bytesOf(alone.attachments[0]?.content ?? alone.text ?? alone.html ?? '');
}

interface HeldAttachment {
  name: string;
  /** In bytes; near enough where it is encoded. */
  size: number;
  /** A picture that the text of the mail shows. */
  shown: boolean;
  /** Where it stands; null where it stands inside an encoded message. */
  part: MailPart | null;
  content: Uint8Array;
}

/** By the bytes themselves: a mail is opened anew for each of its attachments. */
const attachments = new WeakMap<Uint8Array, Map<string, HeldAttachment>>();

/** What a mail brings along, by name, in order. The contents stay encoded where they are: the parser sees only their number. */
async function attachmentsOf(bytes: Uint8Array): Promise<Map<string, HeldAttachment>> {
  const known = attachments.get(bytes);
  if (known) return known;
  const { parseMail } = await import('./mail.ts');
  const parts = partsOf(bytes);
  const mail = await parseMail(
    withBodies(bytes, parts, (index) => {
      const part = parts[index] as MailPart;
      if (/^content-type:\s*message\/rfc822/im.test(part.header)) return bytes.subarray(part.bodyStart, part.bodyEnd);
      const number = Buffer.from(`${NUMBERED}${index}\r\n`);
      return isBase64(part) ? Buffer.from(`${number.toString('base64')}\r\n`) : number;
    }),
  );
  const names = attachmentNames(mail.attachments);
  const held = new Map<string, HeldAttachment>();
  for (const [index, { content: raw, related, mimeType }] of mail.attachments.entries()) {
    const name = names[index] as string;
    const content = bytesOf(raw);
    const number = content.length < 60 ? NUMBER.exec(Buffer.from(content).toString('latin1'))?.[1] : undefined;
    const part = number === undefined ? null : (parts[Number(number)] ?? null);
    const size =
      part === null ? content.length : Math.floor((part.bodyEnd - part.bodyStart) * (isBase64(part) ? 0.73 : 1));
    held.set(name, { name, size, shown: related === true && mimeType.startsWith('image/'), part, content });
  }
  attachments.set(bytes, held);
  return held;
}

const NUMBERED = 'the content of part ';
const NUMBER = /^the content of part (\d+)\s*$/;

function isBase64(part: MailPart): boolean {
  return /^content-transfer-encoding:\s*base64/im.test(part.header);
}

function bytesOf(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}

/** A name for each attachment, different for two of one name, and never leading out of the mail. */
function attachmentNames(attachments: readonly Attachment[]): string[] {
  const taken = new Set([MAIL_BODY]);
  return attachments.map(({ filename, mimeType }, index) => {
    const ending =
      mimeType === 'message/rfc822' ? 'eml' : (mimeType.split('/').at(-1) ?? 'bin').replace(/[^a-z\d]/gi, '');
    const plain = (filename ?? '').replace(/[\\/\0]/g, '_').trim() || `attachment.${ending}`;
    const name = taken.has(plain) ? `${index + 1}-${plain}` : plain;
    taken.add(name);
    return name;
  });
}

/** A cheap look, so that a mail without attachments is not parsed twice. A saved web page (MHTML) brings its own pictures and styles. */
function holdsAttachment(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(
    'latin1',
    0,
    Math.min(bytes.length, 8_000_000),
  );
  if (/content-disposition:\s*attachment|content-type:\s*message\/rfc822/i.test(text)) return true;
  const head = text.slice(0, Math.max(0, text.search(/\r?\n\r?\n/)));
  return (
    !/content-type:\s*multipart\/related/i.test(head) &&
    /content-type:\s*application\/|\bfilename\*?\d?\*?=/i.test(text)
  );
}

function notFound(member: string): UnreadableError {
  return new UnreadableError({
    code: 'not-found',
    message: `"${member}" is not in the archive any more. Read the archive again.`,
  });
}
