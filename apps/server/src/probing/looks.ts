import type { Declared, ProbeFamily } from '@proviso/probes';
import type { ProbeTargets } from '../contract/proving.ts';

/** One look at one name: what is asked of it, and nothing that was not agreed to. */
export interface Look {
  kind: 'host' | 'mail' | 'service';
  name: string;
  /** Besides those of the services that are declared. */
  families: ProbeFamily[];
  declared: Partial<Declared>;
}

/** The looks that a consent allows, in order. Pure. */
export function looksOf({ hosts, mail, services, selectors }: ProbeTargets): Look[] {
  const served = [...new Set(services.map(({ host }) => host))];
  return [
    ...hosts.map((name): Look => ({ kind: 'host', name, families: ['dns', 'web', 'tls', 'routing'], declared: {} })),
    ...mail.map(
      (name): Look => ({
        kind: 'mail',
        name,
        families: ['dns', 'mail', 'routing'],
        declared: { selectors },
      }),
    ),
    ...served.map(
      (name): Look => ({
        kind: 'service',
        name,
        families: ['tls'],
        declared: { services: services.filter(({ host }) => host === name), onlyServices: true },
      }),
    ),
  ];
}

/** The first that a round has not come to; undefined where it has come to all. */
export function nextLook(targets: ProbeTargets, done: readonly { kind: string; name: string }[]): Look | undefined {
  return looksOf(targets).find((look) => !done.some(({ kind, name }) => kind === look.kind && name === look.name));
}
