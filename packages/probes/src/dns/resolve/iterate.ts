import { messageOf, type Question, type Reply, type Server } from '../ask/ask.ts';
import type { Source } from '../ask/drive.ts';
import hints from '../data/root-hints.json' with { type: 'json' };
import type { DnsClient } from '../transport/client.ts';
import type { Message } from '../wire/message.ts';
import { isWithin, labelsOf, type Name, parentOf, ROOT } from '../wire/name.ts';
import { RCODE, TYPE } from '../wire/types.ts';
import { addressesIn, type Delegation, isTooOld, referralIn } from './referral.ts';

/** The root's name servers, as published. */
export const ROOT_HINTS: Delegation = { zone: ROOT, servers: hints.servers };

export interface IterateOptions {
  client: DnsClient;
  /** Where to begin: the root by default, or the servers of some zone, for names in it. */
  from?: Delegation;
  /** The port of all servers; other than 53 only where a test says so. */
  port?: number;
  /** Is there a way to IPv6 addresses from here? */
  ipv6?: boolean;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** Referrals followed for one question, and names of servers looked up on the way, one inside the other. */
const MOST_REFERRALS = 24;
const MOST_NESTED = 4;
/** Servers tried at each step, and addresses of a name that had to be looked up. */
const MOST_TRIED = 6;
/** Delegations and their servers remembered; then all are forgotten. */
const MOST_KNOWN = 20_000;

/** How much one question may still cost; shared by all that is looked up for it. */
interface Budget {
  referrals: number;
}

/**
 * Answers by going down from the root, as a resolver does (RFC 1034 section 5.3.3), for vantage points whose resolver
 * strips signatures. The reply is that of the last server. Delegations are remembered. Answers are not believed here:
 * the caller validates them.
 */
export class Iteration {
  private readonly options: Required<IterateOptions>;
  private readonly known = new Map<Name, Delegation>();
  private readonly addresses = new Map<Name, string[]>();

  constructor(options: IterateOptions) {
    this.options = { from: ROOT_HINTS, port: 53, ipv6: false, now: Date.now, ...options };
  }

  /** To be driven with: a question for one server goes there. */
  readonly source: Source = async (question, signal) => {
    if (question.at) return this.options.client.ask(question, question.at, false, signal);
    return this.resolve(question, { referrals: MOST_REFERRALS }, 0, signal);
  };

  private failed(failure: 'no-server' | 'limit'): Reply {
    return { failure, time: this.options.now() };
  }

  private async resolve(question: Question, budget: Budget, depth: number, signal: AbortSignal): Promise<Reply> {
    // A DS set is the parent's to give (RFC 4035 section 3.1.4.1).
    const goal = question.type === TYPE.DS ? parentOf(question.name) : question.name;
    let at = this.closest(goal);
    if (!at) return this.failed('no-server');
    for (;;) {
      if (budget.referrals <= 0) return this.failed('limit');
      budget.referrals -= 1;
      const reply = await this.askZone(at, question, budget, depth, signal);
      const message = messageOf(reply);
      if (typeof message === 'string') return reply;
      const referral = referralIn(message, at.zone, question.name);
      const isAnswer = question.type === TYPE.DS && referral?.zone === question.name;
      if (!referral || isAnswer) return reply;
      this.remember(referral);
      at = referral;
    }
  }

  private closest(name: Name): Delegation | undefined {
    for (let zone = name; ; zone = parentOf(zone)) {
      const known = zone === this.options.from.zone ? this.options.from : this.known.get(zone);
      if (known) return known;
      if (zone === ROOT) return undefined;
    }
  }

  private remember(delegation: Delegation): void {
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(delegation.zone, delegation);
  }

  /** The first answer of one of the zone's servers that knows the zone. */
  private async askZone(
    zone: Delegation,
    question: Question,
    budget: Budget,
    depth: number,
    signal: AbortSignal,
  ): Promise<Reply> {
    let last: Reply = this.failed('no-server');
    let tried = 0;
    for await (const server of this.serversOf(zone, budget, depth, signal)) {
      if (tried >= MOST_TRIED || signal.aborted) break;
      tried += 1;
      last = await this.options.client.ask(question, server, false, signal);
      const first = messageOf(last);
      if (question.dress !== 'plain' && typeof first !== 'string' && isTooOld(first))
        last = await this.options.client.ask({ ...question, dress: 'plain' }, server, false, signal);
      const message = messageOf(last);
      if (typeof message !== 'string' && this.isUseful(message, zone.zone, question.name)) return last;
    }
    return last;
  }

  /** An answer, a proof that there is none, or a referral; not the shrug of a server that does not have the zone. */
  private isUseful(message: Message, zone: Name, name: Name): boolean {
    if (message.rcode !== RCODE.NOERROR && message.rcode !== RCODE.NXDOMAIN) return false;
    return message.authoritative || referralIn(message, zone, name) !== undefined;
  }

  private async *serversOf(
    zone: Delegation,
    budget: Budget,
    depth: number,
    signal: AbortSignal,
  ): AsyncGenerator<Server> {
    const usable = (addresses: readonly string[]): Server[] =>
      addresses
        .filter((address) => this.options.ipv6 || !address.includes(':'))
        .map((address) => ({ address, port: this.options.port }));
    for (const { addresses } of zone.servers) yield* usable(addresses);
    for (const { name, addresses } of zone.servers) {
      // A server within its own zone without an address beside it cannot be found (RFC 1034 section 4.2.1).
      if (addresses.length > 0 || isWithin(name, zone.zone)) continue;
      yield* usable(await this.addressesOf(name, budget, depth, signal));
    }
  }

  private async addressesOf(name: Name, budget: Budget, depth: number, signal: AbortSignal): Promise<string[]> {
    const known = this.addresses.get(name);
    if (known) return known;
    if (depth >= MOST_NESTED || labelsOf(name).length === 0) return [];
    const found: string[] = [];
    for (const type of this.options.ipv6 ? [TYPE.A, TYPE.AAAA] : [TYPE.A]) {
      const message = messageOf(await this.resolve({ name, type }, budget, depth + 1, signal));
      if (typeof message !== 'string') found.push(...addressesIn(message, name));
    }
    if (this.addresses.size >= MOST_KNOWN) this.addresses.clear();
    if (found.length > 0) this.addresses.set(name, found);
    return found;
  }
}
