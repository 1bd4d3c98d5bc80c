/** Inline markup of reStructuredText, taken away (docutils: reStructuredText Markup Specification, "Inline Markup"). */

/** Roles whose text is a path or a label, shown as words. */
const LABEL_ROLES = /^(?:ref|doc|numref|any|term|std:ref|std:doc)$/;

/**
 * The text a reader of the finished page sees: roles, references, emphasis and escapes are gone.
 * @param substitutions what `|name|` stands for
 */
export function rstInline(text: string, substitutions: ReadonlyMap<string, string>): string {
  if (!/[`*_|\\[]/.test(text)) return text;
  return text
    .split(/(``[\s\S]{1,2000}?``)/)
    .map((part) => (part.startsWith('``') && part.length > 4 ? part.slice(2, -2) : markup(part, substitutions)))
    .join('');
}

function markup(text: string, substitutions: ReadonlyMap<string, string>): string {
  return (
    text
      .replace(/:([\w:.+-]{1,40}):`((?:[^`\\]|\\.){1,2000})`/g, (_all, role: string, content: string) =>
        roleText(role, content),
      )
      .replace(/`((?:[^`\\]|\\.){1,2000})`(?:__?|:[\w:.+-]{1,40}:)?/g, (_all, content: string) =>
        withoutTarget(content),
      )
      .replace(/\[([#*]?[\w.-]{0,40})\]_(?!\w)/g, (_all, label: string) => ` [${label.replace(/^#/, '') || '*'}]`)
      .replace(
        /\|([^|\s](?:[^|\n]{0,80}[^|\s])?)\|(?:__?)?/g,
        (all, name: string) => substitutions.get(name.toLowerCase()) ?? all,
      )
      .replace(/(^|[\s\p{P}])\*\*(?=\S)([^*]{1,5000}?\S?)\*\*(?=$|[\s\p{P}])/gu, '$1$2')
      .replace(/(^|[\s\p{P}])\*(?=[^\s*])([^*]{1,5000}?)\*(?=$|[\s\p{P}])/gu, '$1$2')
      // A reference by one word: `Docutils_`.
      .replace(/(?<![\w_])([\p{L}\d](?:[\w.+:-]{0,60}[\p{L}\d])?)__?(?=$|[\s.,;:!?)\]'"’”»/-])/gu, '$1')
      .replace(/_`([^`]{1,200})`/g, '$1')
      .replace(/\\(\s|.)/g, (_all, char: string) => (/\s/.test(char) ? '' : char))
      .replace(/ {2,}\[/g, ' [')
  );
}

function roleText(role: string, content: string): string {
  const titled = /^([\s\S]*\S)\s*<[^<>]*>$/.exec(content);
  if (titled !== null) return titled[1] as string;
  if (role === 'sup' || role === 'superscript') return /^\d$/.test(content) ? ` [${content}]` : content;
  if (LABEL_ROLES.test(role)) return content.replace(/^[~!]/, '').replace(/^.*\//, '').replace(/[-_]/g, ' ');
  return content.replace(/^[~!]/, '');
}

function withoutTarget(content: string): string {
  const titled = /^([\s\S]*\S)\s*<[^<>]*>$/.exec(content);
  return titled === null ? content : (titled[1] as string);
}
