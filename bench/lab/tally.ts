/** One case that two of us judged: what each said of it. */
interface Case {
  oracle: string;
  what: string;
  ours: string;
  theirs: string;
  /** Why we mean to differ, where we do. */
  why: string | null;
  detail: string;
}

/** Counts of one oracle. */
interface Row {
  oracle: string;
  cases: number;
  agree: number;
  explained: number;
  differ: number;
}

/**
 * Reasons for differing with one oracle, by a key that its cases carry. A reason that no case needs is told of, so that none outlives what it
 * was for; it is no failure, since other releases of an oracle may have come round.
 */
export type Reasons = Readonly<Record<string, string>>;

/** Compares our verdicts with those of others, prints each disagreement as it comes, and keeps the score. */
export class Tally {
  private readonly cases: Case[] = [];
  private readonly unused = new Map<string, Set<string>>();
  private readonly broken: string[] = [];
  private readonly say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** A way of comparing with one oracle. Equal words agree; others differ, unless there is a reason for that key. */
  with(
    oracle: string,
    reasons: Reasons = {},
  ): (key: string, what: string, ours: string, theirs: string, detail?: string) => void {
    const unused = this.unused.get(oracle) ?? new Set<string>();
    this.unused.set(oracle, unused);
    for (const key of Object.keys(reasons)) unused.add(key);
    return (key, what, ours, theirs, detail = '') => {
      const why = ours === theirs ? null : (reasons[key] ?? null);
      if (why !== null) unused.delete(key);
      this.cases.push({ oracle, what, ours, theirs, why, detail });
      if (ours === theirs) return;
      this.say(
        `${why === null ? 'DIFFERS' : 'explained'}: ${what}: ours ${ours}${detail === '' ? '' : ` (${detail})`}, ${oracle} says ${theirs}${why === null ? '' : `. ${why}`}`,
      );
    };
  }

  /** Tells of a case that is not what it is there for, which would make agreement worthless. */
  fault(what: string): void {
    this.broken.push(what);
    this.say(`BROKEN: ${what}`);
  }

  /** Whether every case agrees or has its reason, and each was what it was there for. */
  get good(): boolean {
    return this.broken.length === 0 && this.rows().every(({ differ, cases }) => differ === 0 && cases > 0);
  }

  /** The score as a table. */
  table(): string {
    const head = ['oracle', 'cases', 'agree', 'explained', 'unexplained'];
    const body = this.rows().map((row) => [row.oracle, row.cases, row.agree, row.explained, row.differ].map(String));
    const widths = head.map((title, at) => Math.max(title.length, ...body.map((cells) => cells[at]?.length ?? 0)));
    const line = (cells: string[]) =>
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
    return [head, ...body].map(line).join('\n');
  }

  /** All that was compared, for programs. */
  toJson(): object {
    return {
      schema: 'proviso.lab/1',
      good: this.good,
      oracles: this.rows(),
      differences: this.cases.filter(({ ours, theirs }) => ours !== theirs),
      broken: this.broken,
    };
  }

  /** Reasons that no case needed. */
  leftover(): string[] {
    return [...this.unused].flatMap(([oracle, keys]) => [...keys].map((key) => `${oracle}: ${key}`));
  }

  private rows(): Row[] {
    return [...this.unused.keys()].map((oracle) => {
      const own = this.cases.filter((one) => one.oracle === oracle);
      const agree = own.filter(({ ours, theirs }) => ours === theirs).length;
      const explained = own.filter(({ why }) => why !== null).length;
      return { oracle, cases: own.length, agree, explained, differ: own.length - agree - explained };
    });
  }
}
