const MAIL_FIELD =
  /^(from|to|cc|date|subject|received|return-path|message-id|mime-version|delivered-to|reply-to|content-type|x-[a-z0-9-]+|dkim-signature|authentication-results|arc-[a-z-]+|thread-[a-z]+|content-transfer-encoding)\s*:/i;

/** Two known mail fields and nothing but fields before the first empty line. */
export function looksLikeMail(head: string): boolean {
  let fields = 0;
  let known = 0;
  for (const line of head.slice(0, 16_384).split(/\r?\n/)) {
    if (line === '') break;
    if (/^[ \t]/.test(line) && fields > 0) continue;
    if (fields === 0 && /^From \S+@/.test(line)) continue;
    if (!/^[!-9;-~]+[ \t]*:/.test(line)) return false;
    fields++;
    if (MAIL_FIELD.test(line)) known++;
  }
  return (
    known >= 2 &&
    known * 2 >= fields &&
    /^(from|message-id|received|mime-version|date)\s*:/im.test(head.slice(0, 16_384))
  );
}

/** A doctype or an `html` element; with `loose`, also a text that starts with a body element and holds several tags. */
export function looksLikeHtml(head: string, loose: boolean): boolean {
  const text = head.replace(/^\uFEFF/, '').replace(/^(\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)+/, '');
  if (/^<!doctype\s+html/i.test(text) || /^<html[\s>]/i.test(text)) return true;
  if (
    !loose ||
    !/^<(head|body|title|meta|table|div|p|h[1-6]|center|script|style|font|ul|ol|span|section|article|main)[\s>]/i.test(
      text,
    )
  )
    return false;
  return (text.match(/<\/?(p|div|br|td|tr|li|ul|a|span|h[1-6]|b|strong|em|table|body)[\s>/]/gi) ?? []).length >= 3;
}

/** Name of the root element without its prefix, lower case; null where the text is not XML. */
export function xmlRoot(head: string): string | null {
  let rest = head.replace(/^\uFEFF/, '').trimStart();
  const declared = rest.startsWith('<?xml');
  // Comments, instructions and the doctype may come in any order; each turn takes one away.
  for (let turn = 0; turn < 50; turn++) {
    const skip = /^(<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(\[[\s\S]*?\]\s*)?>)\s*/i.exec(rest);
    if (skip === null) break;
    rest = rest.slice(skip[0].length);
  }
  const root = /^<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(\s[^<]*?)?\/?>/.exec(rest);
  if (root === null) return declared ? 'unknown' : null;
  if (!declared && root[1] === undefined && !/xmlns/.test(root[3] ?? '')) return null;
  return (root[2] ?? '').toLowerCase();
}

/** A JSON value, or the beginning of one in a text too long to try, or one value a line. */
export function looksLikeJson(bytes: Uint8Array, head: string): boolean {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (!/^(\{\s*("|\})|\[\s*([[{"\]]|-?\d|true|false|null))/.test(text)) return false;
  if (bytes.length < head.length + 4) return parses(text) || parses(firstLine(text));
  return /^(\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*[[{"\d-])/.test(text);
}

function firstLine(text: string): string {
  return text.slice(0, text.search(/\r?\n|$/));
}

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
