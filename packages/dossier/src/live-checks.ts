import { mayProbe, type Purchase } from '@proviso/procurement';
import {
  type FileStore,
  probeConsentHash,
  probeConsents,
  probeHistory,
  purchaseFiles,
  type TenantScope,
} from '@proviso/store';
import { safeName, type ZipFile } from './zip.ts';

/** A consent as a dossier holds it: with all that its hash is of, so that it can be checked. */
export interface ConsentLine {
  id: string;
  purchase: string;
  supplier: string;
  targets: object;
  perMinute: number;
  /** SHA-256 of the words that were signed; `probes/words/` has them. */
  text: string;
  edition: number;
  language: string;
  /** Null once it was erased: then the hash cannot be worked out any more. */
  signer: string | null;
  role: string | null;
  given: string;
  ended: string | null;
  withdrawn: boolean;
  sha256: string;
}

/** One look at one name, and the file of the dossier that proves it. */
export interface RunLine {
  id: string;
  supplier: string;
  kind: string;
  name: string;
  at: string;
  profile: string;
  place: string;
  counts: Record<string, number>;
  /** SHA-256 of `file`. */
  bundle: string;
  file: string;
}

/** What suppliers let be looked at, and what was seen: of those whose offers whoever asks may know. */
export interface LiveChecks {
  consents: ConsentLine[];
  runs: RunLine[];
}

const ALL = 2 ** 31 - 1;

/**
 * Consents and signed bundles of the live checks of a purchase, of suppliers that `mayKnow`; with the words that were signed. Empty where no
 * supplier was ever asked. The bundles' bytes are read when their turn comes.
 */
export async function liveChecks(
  trx: TenantScope,
  files: FileStore,
  purchase: Purchase,
  mayKnow: (supplier: string) => boolean,
): Promise<LiveChecks & { files: ZipFile[] }> {
  const consents = (await probeConsents(trx, purchase.id))
    .filter(({ supplier }) => mayKnow(supplier))
    .map(
      ({ textSha256, sha256, given, ended, tenant: _, invitation: __, ...row }): ConsentLine => ({
        ...row,
        targets: row.targets as object,
        text: textSha256.toString('hex'),
        sha256: sha256.toString('hex'),
        given: given.toISOString(),
        ended: ended?.toISOString() ?? null,
      }),
    );
  const runs = (await probeHistory(trx, purchase.id, ALL))
    .filter(({ supplier }) => mayKnow(supplier))
    .toReversed()
    .map(({ id, supplier, kind, name, at, profile, place, counts, bundle }, i): RunLine => {
      const day = at.toISOString().slice(0, 10);
      const file = `probes/bundles/${i + 1} ${safeName(`${name} ${day}`, 'look')}.probe.json`;
      const found = { counts: counts as Record<string, number>, bundle: bundle.toString('hex'), file };
      return { id, supplier, kind, name, at: at.toISOString(), profile, place, ...found };
    });
  if (consents.length + runs.length === 0) return { consents, runs, files: [] };
  const kept = new Set((await purchaseFiles(trx, purchase.id)).map(({ sha256 }) => sha256.toString('hex')));
  const words = [...new Set(consents.map(({ text }) => text))].filter((text) => kept.has(text));
  return {
    consents,
    runs,
    files: [
      { name: 'probes/consents.json', content: `${JSON.stringify(consents, null, 2)}\n` },
      { name: 'probes/runs.json', content: `${JSON.stringify(runs, null, 2)}\n` },
      ...words.map((text) => ({ name: `probes/words/${text}.txt`, content: () => files.get(text) })),
      ...runs.map(({ file, bundle }) => ({ name: file, content: () => files.get(bundle) })),
    ],
  };
}

/** What a purchase gives to whoever runs the server: of suppliers whose offers are open. */
export const looksKnown =
  (purchase: Purchase) =>
  (supplier: string): boolean =>
    mayProbe(purchase, { id: 'system', roles: ['system'] }, supplier) === null;

/** Does a consent still have the hash that was given for it? Null where it cannot be told, since who signed was erased. */
export function consentIsWhole({ signer, role, sha256, ...agreed }: ConsentLine): boolean | null {
  if (signer === null || role === null) return null;
  return probeConsentHash({ ...agreed, signer, role }).toString('hex') === sha256;
}
