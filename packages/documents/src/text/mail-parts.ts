/** One part of a mail that holds no further parts: where its header and its body stand in the bytes. */
export interface MailPart {
  header: string;
  headerStart: number;
  bodyStart: number;
  bodyEnd: number;
}

const LF = 0x0a;
const DASH = 0x2d;
/** Bytes decoded at a time. */
const STRETCH = 1024 * 1024;
/** Boundaries a mail may name; what stands deeper is part of the body around it. */
const MAX_BOUNDARIES = 200;

/**
 * Finds the parts of a mail by its boundaries (RFC 2046, 5.1.1) without decoding or copying anything, so that a part can be taken
 * out, or left out, before a parser makes objects of its lines.
 */
export function partsOf(bytes: Uint8Array): MailPart[] {
  const parts: MailPart[] = [];
  const boundaries = new Set<string>();
  let headerStart = 0;
  let bodyStart = -1;
  let header = '';
  const end = (at: number): void => {
    if (bodyStart >= 0) parts.push({ header, headerStart, bodyStart, bodyEnd: at });
    headerStart = -1;
    bodyStart = -1;
  };
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(LF, at);
    const next = found === -1 ? bytes.length : found + 1;
    if (bytes[at] === DASH && bytes[at + 1] === DASH && boundaries.size > 0) {
      const mark = boundaryAt(bytes, at, next, boundaries);
      if (mark !== null) {
        end(at);
        if (mark === 'opens') headerStart = next;
        at = next;
        continue;
      }
    }
    if (headerStart >= 0 && bodyStart < 0 && isBlankLine(bytes, at, next)) {
      header = latin(bytes, headerStart, at).replace(/\r?\n[ \t]/g, ' ');
      const boundary = /^content-type:[^\n]*\bboundary\s*=\s*(?:"([^"\n]+)"|([^\s;"]+))/im.exec(header);
      const named = boundary?.[1] ?? boundary?.[2];
      if (named !== undefined && /^content-type:\s*multipart\//im.test(header) && boundaries.size < MAX_BOUNDARIES) {
        boundaries.add(named);
        headerStart = -1;
      } else if (isInlineMessage(header)) headerStart = next;
      else bodyStart = next;
    }
    at = next;
  }
  end(bytes.length);
  return parts;
}

/** Whether a part's body is not text to read with the mail: an attachment, or anything but text. */
export function isAttached(header: string): boolean {
  return (
    /^content-disposition:\s*attachment/im.test(header) || /^content-type:\s*(?!text\/|message\/)\S/im.test(header)
  );
}

/** The mail with the bodies of `parts` put in place of their own; everything between stays as it is. */
export function withBodies(
  bytes: Uint8Array,
  parts: readonly MailPart[],
  body: (index: number) => Uint8Array,
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const [index, part] of parts.entries()) {
    pieces.push(bytes.subarray(done, part.bodyStart), body(index));
    done = part.bodyEnd;
  }
  pieces.push(bytes.subarray(done));
  return Buffer.concat(pieces);
}

/** Base64 with line ends and other strays in it, a stretch at a time; padding ends a unit of four wherever it stands. */
export function decodeBase64(body: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafe(Math.ceil((body.length * 3) / 4) + 3);
  let length = 0;
  let rest = '';
  for (let at = 0; at < body.length; at += STRETCH) {
    const text = rest + latin(body, at, Math.min(body.length, at + STRETCH)).replace(/[^A-Za-z0-9+/=]+/g, '');
    const whole = at + STRETCH >= body.length ? text.length : text.length - (text.length % 4);
    for (const unit of text.slice(0, whole).split(/=+/)) length += out.write(unit, length, 'base64');
    rest = text.slice(whole);
  }
  return out.subarray(0, length);
}

/** A mail inside a mail, not handed over as a file: its own parts are read with the mail's. */
function isInlineMessage(header: string): boolean {
  return (
    /^content-type:\s*message\/rfc822/im.test(header) &&
    !/^content-disposition:\s*attachment/im.test(header) &&
    !/^content-transfer-encoding:\s*(?:base64|quoted-printable)/im.test(header)
  );
}

function boundaryAt(
  bytes: Uint8Array,
  at: number,
  next: number,
  boundaries: ReadonlySet<string>,
): 'opens' | 'closes' | null {
  if (next - at > 1000) return null;
  const line = latin(bytes, at + 2, next).trimEnd();
  if (boundaries.has(line)) return 'opens';
  return line.endsWith('--') && boundaries.has(line.slice(0, -2)) ? 'closes' : null;
}

function isBlankLine(bytes: Uint8Array, at: number, next: number): boolean {
  return bytes[at] === LF || (bytes[at] === 0x0d && next === at + 2);
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
