import type { Attachment } from 'postal-mime';
import type { Problem } from '../model.ts';
import type { Limits } from '../reader.ts';
import { DEFAULT_LIMITS, UnreadableError } from '../reader.ts';
import { sniff } from '../sniff.ts';
import { Zip } from '../zip.ts';

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
  const { parseMail } = await import('./mail.ts');
  const mail = await parseMail(bytes);
  const members: Member[] = [{ name: MAIL_BODY, bytes: bytes.length }];
  const names = attachmentNames(mail.attachments);
  for (const [index, attachment] of mail.attachments.entries()) {
    if (attachment.related && attachment.mimeType.startsWith('image/')) continue;
    const name = names[index] as string;
    if (!NO_DOCUMENT.test(name)) members.push({ name, bytes: sizeOf(attachment.content) });
  }
  return { members: members.slice(0, MAX_MEMBERS), problems: [] };
}

async function openAttachment(bytes: Uint8Array, member: string): Promise<{ bytes: Uint8Array; name: string }> {
  if (member === MAIL_BODY) return { bytes, name: member };
  const { parseMail } = await import('./mail.ts');
  const mail = await parseMail(bytes);
  const attachment = mail.attachments[attachmentNames(mail.attachments).indexOf(member)];
  if (attachment === undefined) throw notFound(member);
  const { content } = attachment;
  return {
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    name: member,
  };
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

function sizeOf(content: ArrayBuffer | Uint8Array | string): number {
  return typeof content === 'string' ? content.length : content.byteLength;
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
