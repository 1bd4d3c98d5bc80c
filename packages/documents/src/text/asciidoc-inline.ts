/** Inline markup of AsciiDoc, taken away (AsciiDoc Language Documentation, "Text Formatting and Inline Elements"). */

/** Attributes every processor defines. */
const BUILT_IN: Readonly<Record<string, string>> = {
  nbsp: ' ',
  zwsp: '',
  sp: ' ',
  empty: '',
  blank: '',
  amp: '&',
  lt: '<',
  gt: '>',
  plus: '+',
  apos: "'",
  quot: '"',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  deg: '°',
  startsb: '[',
  endsb: ']',
  vbar: '|',
  caret: '^',
  asterisk: '*',
  tilde: '~',
  backslash: '\\',
  backtick: '`',
  'two-colons': '::',
  'two-semicolons': ';;',
  cpp: 'C++',
};

/** The text a reader of the finished page sees. `notes` collects the texts of footnotes, which are numbered from its length. */
export function asciidocInline(text: string, attributes: ReadonlyMap<string, string>, notes: string[]): string {
  let out = text;
  if (out.includes('{')) {
    out = out.replace(/\\?\{([\w-]{1,80})\}/g, (all, name: string) =>
      all.startsWith('\\')
        ? all.slice(1)
        : (attributes.get(name.toLowerCase()) ?? BUILT_IN[name.toLowerCase()] ?? `[${name}]`),
    );
  }
  if (!/[*_`#^~+[\]<:(\\]/.test(out)) return out;
  out = out
    .replace(/footnote(?:ref)?:[\w-]{0,40}\[((?:[^\]\\]|\\.){0,3000})\]/g, (_all, note: string) =>
      note === '' ? '' : ` [${notes.push(note)}]`,
    )
    .replace(/<<([^<>,\n]{1,200})(?:,([^<>]{1,500}))?>>/g, (_all, id: string, label: string | undefined) =>
      (label ?? id.replace(/^.*#/, '').replace(/[-_]+/g, ' ')).trim(),
    )
    .replace(
      /xref:([^\s[\]]{1,300})\[([^\]]{0,500})\]/g,
      (_all, id: string, label: string) => label || id.replace(/^.*#|\.adoc.*$/g, '').replace(/[-_]+/g, ' '),
    )
    .replace(/\[\[[^\]\n]{1,200}\]\]|anchor:[\w-]{1,100}\[[^\]]{0,200}\]/g, '')
    .replace(
      /(?:link|mailto):([^\s[\]]{1,2000})\[([^\]]{0,1000})\]/g,
      (_all, target: string, label: string) => linkText(label) || target,
    )
    .replace(
      /\b((?:https?|ftp|irc):\/\/[^\s[\]<>]{1,2000})\[([^\]]{0,1000})\]/g,
      (_all, target: string, label: string) => linkText(label) || target,
    )
    .replace(
      /(?:image|icon):([^\s[\]:]{1,500})\[([^\]]{0,500})\]/g,
      (_all, _target: string, alt: string) => /^[^=,]{2,}/.exec(alt)?.[0] ?? '',
    )
    .replace(/(?:kbd|btn|menu|stem|latexmath|asciimath):[^\s[\]]{0,80}\[([^\]]{0,500})\]/g, '$1')
    .replace(/pass:[a-z,]{0,20}\[([^\]]{0,2000})\]/g, '$1')
    .replace(/\(\(\(?([^()]{1,200})\)\)\)?/g, (all, term: string) => (all.startsWith('(((') ? '' : term))
    .replace(/\+\+\+([\s\S]{1,2000}?)\+\+\+/g, '$1');
  for (const mark of ['\\*', '_', '`', '#']) {
    const char = mark.at(-1) as string;
    if (!out.includes(char)) continue;
    out = out
      .replace(new RegExp(`(?:\\[[^\\]\\[]{1,80}\\])?${mark}${mark}([^${char}]{1,3000})${mark}${mark}`, 'g'), '$1')
      .replace(
        new RegExp(
          `(^|[^\\p{L}\\d\\\\;:}])(?:\\[[^\\]\\[]{1,80}\\])?${mark}(?=\\S)([^${char}]{1,3000}?)(?<=\\S)${mark}(?![\\p{L}\\d])`,
          'gu',
        ),
        '$1$2',
      );
  }
  return out
    .replace(/\^(\S{1,40}?)\^/g, (_all, raised: string) => (/^\d+$/.test(raised) ? raised : raised))
    .replace(/~(\S{1,40}?)~/g, '$1')
    .replace(/(^|[\s(])\+(?=\S)([^+\n]{1,500}?)\+(?=$|[\s.,;:)])/g, '$1$2')
    .replace(/\\([*_`#^~{[<+])/g, '$1')
    .replace(/<\d{1,3}>\s*$/, '');
}

/** The label of a link, without its attributes: `text,window=_blank`, `"text, with comma"`. */
function linkText(label: string): string {
  const quoted = /^"([^"]*)"/.exec(label);
  return (quoted?.[1] ?? label.replace(/,\s*[\w-]+=.*$/, '')).replace(/\^$/, '').trim();
}
