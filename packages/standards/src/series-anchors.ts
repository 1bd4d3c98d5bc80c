/**
 * Where a series' pattern may begin: the first words its regular expression can match, read off the expression itself, so that it is tried
 * only where one of them stands in a text.
 */

type Node =
  | { type: 'text'; choices: string[] }
  | { type: 'group'; alternatives: Node[][] }
  /** Ends a word of letters: white space, punctuation, a digit; `wide` unless it is an assertion, which takes no room. */
  | { type: 'gap'; wide: boolean }
  /** Matches letters or digits that cannot be listed. */
  | { type: 'any' };

interface Item {
  node: Node;
  optional: boolean;
}

/** Letters that a first word must show before it goes on in ways that cannot be listed. */
const PLAIN = 3;
/** More choices than this are not worth listing. */
const MOST = 400;

class Reader {
  private readonly source: string;
  private at = 0;
  constructor(source: string) {
    this.source = source;
  }

  alternatives(): Item[][] {
    const out: Item[][] = [[]];
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.source[this.at] === '|') {
        this.at++;
        out.push([]);
        continue;
      }
      const node = this.node();
      out.at(-1)?.push({ node, optional: this.quantifier() });
    }
    return out;
  }

  private quantifier(): boolean {
    const c = this.source[this.at];
    let optional = false;
    if (c === '?' || c === '*') optional = true;
    if (c === '?' || c === '*' || c === '+') this.at++;
    else if (c === '{') {
      const close = this.source.indexOf('}', this.at);
      optional = this.source[this.at + 1] === '0';
      this.at = close + 1;
    } else return false;
    if (this.source[this.at] === '?') this.at++;
    return optional;
  }

  private node(): Node {
    const c = this.source[this.at++] ?? '';
    if (c === '(') return this.group();
    if (c === '[') return this.set();
    if (c === '\\') return this.escape();
    if (c === '.') return { type: 'any' };
    if (c === '^' || c === '$') return { type: 'gap', wide: false };
    return /[\p{L}\p{N}]/u.test(c) ? { type: 'text', choices: [c] } : { type: 'gap', wide: true };
  }

  private group(): Node {
    const rest = this.source.slice(this.at);
    const look = /^\?(?:<?[=!])/.exec(rest);
    const head = look?.[0] ?? /^\?(?::|<[^>]+>)/.exec(rest)?.[0] ?? '';
    this.at += head.length;
    const alternatives = this.alternatives();
    this.at++;
    if (look) return { type: 'gap', wide: false };
    // An optional item inside an alternative becomes an alternative of its own.
    return { type: 'group', alternatives: alternatives.flatMap(expandOptional) };
  }

  private set(): Node {
    let inside = '';
    while (this.at < this.source.length && this.source[this.at] !== ']') {
      inside += this.source[this.at];
      if (this.source[this.at++] === '\\') inside += this.source[this.at++];
    }
    this.at++;
    const choices = [...inside.replace(/\\[^dwpDWP]/g, '')];
    if (/\\[dwp]|^\^|[\p{L}\p{N}]-[\p{L}\p{N}]/u.test(inside)) return { type: 'any' };
    const letters = choices.filter((l) => /[\p{L}\p{N}]/u.test(l));
    if (letters.length === 0) return { type: 'gap', wide: true };
    return {
      type: 'group',
      alternatives: [
        ...letters.map((l) => [{ type: 'text', choices: [l] } as Node]),
        ...(letters.length < choices.length ? [[{ type: 'gap', wide: true } as Node]] : []),
      ],
    };
  }

  private escape(): Node {
    const c = this.source[this.at++] ?? '';
    if (c === 'p' || c === 'P') this.at = this.source.indexOf('}', this.at) + 1;
    if (c === 'u') {
      const hex = /^(?:\{([\da-f]+)\}|([\da-f]{4}))/i.exec(this.source.slice(this.at));
      this.at += hex?.[0].length ?? 0;
      const letter = String.fromCodePoint(Number.parseInt(hex?.[1] ?? hex?.[2] ?? '20', 16));
      return /[\p{L}\p{N}]/u.test(letter) ? { type: 'text', choices: [letter] } : { type: 'gap', wide: true };
    }
    if ('dwpDWPS'.includes(c)) return { type: 'any' };
    return { type: 'gap', wide: c !== 'b' && c !== 'B' };
  }
}

function expandOptional(items: Item[]): Node[][] {
  let out: Node[][] = [[]];
  for (const { node, optional } of items) {
    // A bracket or blank that may open the name need not: the name is found without it.
    const leads = optional && node.type === 'gap';
    const withNode = out.filter((list) => !(leads && list.length === 0)).map((list) => [...list, node]);
    out = optional ? [...withNode, ...out] : withNode;
    if (out.length > MOST) return [[{ type: 'any' }]];
  }
  return out;
}

/** Beginnings of `nodes`: each with whether its first word is complete. */
function beginnings(nodes: Node[]): { text: string; complete: boolean }[] {
  let open: string[] = [''];
  const done: { text: string; complete: boolean }[] = [];
  for (const node of nodes) {
    if (open.length === 0) break;
    if (done.length + open.length > MOST) return [{ text: '', complete: false }];
    if (node.type === 'gap') {
      if (node.wide && open.includes('')) return [{ text: '', complete: false }];
      done.push(...open.filter((t) => t !== '').map((text) => ({ text, complete: true })));
      open = open.filter((t) => t === '');
    } else if (node.type === 'any') {
      // After letters a digit may follow, which begins a new token all the same; anything else cannot be told.
      done.push(...open.map((text) => ({ text, complete: false })));
      open = [];
    } else if (node.type === 'text') open = open.flatMap((t) => node.choices.map((c) => t + c));
    else {
      const next: string[] = [];
      for (const alternative of node.alternatives) {
        if (beginsWithGap(alternative)) {
          done.push(...open.filter((t) => t !== '').map((text) => ({ text, complete: true })));
          if (open.every((t) => t !== '')) continue;
        }
        for (const inner of beginningsOpen(alternative))
          for (const t of open)
            if (inner.open) next.push(t + inner.text);
            else done.push({ text: t + inner.text, complete: inner.complete });
      }
      open = [...new Set(next)];
    }
  }
  return [...done, ...open.map((text) => ({ text, complete: true }))];
}

function beginsWithGap(nodes: Node[]): boolean {
  const first = nodes[0];
  return (
    first !== undefined && (first.type === 'gap' || (first.type === 'group' && first.alternatives.some(beginsWithGap)))
  );
}

function beginningsOpen(nodes: Node[]): { text: string; complete: boolean; open: boolean }[] {
  const last = nodes.at(-1);
  const endsInText = last === undefined || last.type === 'text' || last.type === 'group';
  return beginnings(nodes).map((b) => ({ ...b, open: endsInText && b.complete }));
}

/**
 * The first words a match of `pattern` can begin with; null when they cannot be listed, and the pattern must be tried everywhere.
 * A word that goes on ends in `*`. `\d` right after letters ends the word there, since letters and digits are separate tokens.
 */
export function anchorsOf(pattern: string): string[] | null {
  const readable = pattern.replace(/\\d|\[0-9\]/g, '\\u0023');
  const found = new Reader(readable).alternatives().flatMap(expandOptional).flatMap(beginnings);
  if (found.some((b) => b.text.length < (b.complete ? 1 : PLAIN))) return null;
  return [...new Set(found.map((b) => (b.complete ? b.text : `${b.text}*`)))];
}
