import messages from '../../../messages/en.json' with { type: 'json' };
import type { Verdict } from '../../check.ts';
import type { DnsCheck } from '../checks/evidence.ts';
import type { Code } from '../checks/observe.ts';
import type { Host } from './network.ts';
import { judged, NS1, NS1_IPV6, NS2, type StageSettings } from './stage.ts';

/** What is staged, the verdict that it calls for, and a finding that must be among those told. */
export type Row = [what: string, verdict: Verdict, code: Code, settings?: StageSettings];

/** Runs rows of tables, and keeps which findings they showed. */
export class Shown {
  private readonly codes = new Set<string>();

  async run(
    check: DnsCheck,
    subject: string,
    settings?: StageSettings,
  ): Promise<{ verdict: Verdict; codes: string[] }> {
    const { verdict, observations } = await judged(check, subject, settings);
    const codes = observations.map(({ code }) => code);
    for (const code of codes) this.codes.add(code);
    return { verdict, codes };
  }

  /** Findings of these families that have a sentence and that no row showed. */
  missing(...families: string[]): string[] {
    const all = Object.keys(messages.dns).filter((code) => families.includes(code.split('.')[0] ?? ''));
    return all.filter((code) => !this.codes.has(code));
  }
}

export const silence = { silent: { udp: 'timeout', tcp: 'timeout' } } as const;

/** All servers of the zone do the same. */
export const everywhere = (host: Partial<Host>): Record<string, Partial<Host>> => ({
  [NS1]: host,
  [NS2]: host,
  [NS1_IPV6]: host,
});
