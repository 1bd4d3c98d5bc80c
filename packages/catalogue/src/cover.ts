/** A need and the candidates of which any one answers it, by index. */
export interface CoverProblem {
  /** What each candidate costs; positive. */
  costs: readonly number[];
  /** For each need, the candidates that answer it; an empty list cannot be answered and is left aside. */
  needs: readonly (readonly number[])[];
  /** Candidates that are taken in any case. */
  forced: readonly number[];
}

export interface Cover {
  /** Chosen candidates, ascending; the forced ones among them. */
  chosen: number[];
  /** False only where the search was stopped: then the choice answers every need, and a cheaper one may exist. */
  proven: boolean;
}

/** Steps after which the search settles for the best choice found; far above what the catalogue ever needs. */
const MOST_STEPS = 200_000;

/**
 * The cheapest set of candidates that answers every need (weighted set cover): branch and bound from a greedy start, on the need with the
 * fewest candidates. Of equally cheap sets the one with the lower indices wins, so that the same input gives the same set.
 */
export function cheapestCover({ costs, needs, forced }: CoverProblem): Cover {
  const taken = new Set(forced);
  const open = distinct(needs.filter((list) => list.length > 0 && !list.some((one) => taken.has(one))));
  const search = new Search(costs, open);
  const { chosen, proven } = search.run();
  return { chosen: [...new Set([...forced, ...chosen])].sort((a, b) => a - b), proven };
}

/** Leaves out a need whose candidates include all those of another: who answers the other answers it. */
function distinct(needs: readonly (readonly number[])[]): (readonly number[])[] {
  const sorted = [...needs].sort((a, b) => a.length - b.length);
  const kept: (readonly number[])[] = [];
  for (const list of sorted) if (!kept.some((one) => one.every((member) => list.includes(member)))) kept.push(list);
  return kept;
}

class Search {
  private readonly costs: readonly number[];
  private readonly needs: readonly (readonly number[])[];
  private best: number[] = [];
  private bestCost = Number.POSITIVE_INFINITY;
  private steps = 0;

  constructor(costs: readonly number[], needs: readonly (readonly number[])[]) {
    this.costs = costs;
    this.needs = needs;
  }

  run(): Cover {
    this.best = this.greedy();
    this.bestCost = this.sum(this.best);
    this.descend([], 0, new Set());
    return { chosen: this.best, proven: this.steps < MOST_STEPS };
  }

  private cost(candidate: number): number {
    return this.costs[candidate] ?? Number.POSITIVE_INFINITY;
  }

  private sum(chosen: readonly number[]): number {
    return chosen.reduce((total, one) => total + this.cost(one), 0);
  }

  private greedy(): number[] {
    let open = [...this.needs];
    const chosen: number[] = [];
    while (open.length > 0) {
      const gain = new Map<number, number>();
      for (const list of open) for (const one of list) gain.set(one, (gain.get(one) ?? 0) + 1);
      const [next] = [...gain].sort(
        ([a, gainA], [b, gainB]) => gainB / this.cost(b) - gainA / this.cost(a) || a - b,
      )[0] as [number, number];
      chosen.push(next);
      open = open.filter((list) => !list.includes(next));
    }
    // What a later choice made needless goes out again, the dearest first.
    for (const one of [...chosen].sort((a, b) => this.cost(b) - this.cost(a) || b - a)) {
      const rest = chosen.filter((other) => other !== one);
      if (this.needs.every((list) => list.some((member) => rest.includes(member))))
        chosen.splice(chosen.indexOf(one), 1);
    }
    return chosen.sort((a, b) => a - b);
  }

  /** `barred`: candidates that earlier branches have already tried at this place. */
  private descend(chosen: readonly number[], cost: number, barred: ReadonlySet<number>): void {
    if (++this.steps >= MOST_STEPS) return;
    const open = this.needs.filter((list) => !list.some((one) => chosen.includes(one)));
    if (open.length === 0) {
      const sorted = [...chosen].sort((a, b) => a - b);
      if (cost < this.bestCost || (cost === this.bestCost && before(sorted, this.best))) {
        this.best = sorted;
        this.bestCost = cost;
      }
      return;
    }
    if (cost + this.bound(open, barred) > this.bestCost) return;
    const options = open.map((list) => list.filter((one) => !barred.has(one)));
    const narrowest = options.reduce((a, b) => (b.length < a.length ? b : a));
    const tried = new Set(barred);
    for (const one of [...narrowest].sort((a, b) => this.cost(a) - this.cost(b) || a - b)) {
      this.descend([...chosen, one], cost + this.cost(one), tried);
      tried.add(one);
    }
  }

  /** The least that answering needs without a candidate in common must cost. */
  private bound(open: readonly (readonly number[])[], barred: ReadonlySet<number>): number {
    const used = new Set<number>();
    let least = 0;
    for (const list of [...open].sort((a, b) => a.length - b.length)) {
      if (list.some((one) => used.has(one))) continue;
      least += Math.min(...list.filter((one) => !barred.has(one)).map((one) => this.cost(one)));
      for (const one of list) used.add(one);
    }
    return least;
  }
}

function before(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [one = Number.POSITIVE_INFINITY, other = Number.POSITIVE_INFINITY] = [a[i], b[i]];
    if (one !== other) return one < other;
  }
  return false;
}
