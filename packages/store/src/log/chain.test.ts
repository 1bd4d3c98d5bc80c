import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainEntry, type ChainFault, contentHash, entryHash, GENESIS, verifyChain } from './chain.ts';

function chainOf(length: number): ChainEntry[] {
  const entries: ChainEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const content = { salt: seq.toString(16).padStart(64, '0'), text: `{"n":${seq}}` };
    const entry = {
      tenant: 't',
      seq,
      at: `2026-01-01T00:00:00.00000${seq % 10}Z`,
      actor: 'system',
      action: 'a.b',
      subjectType: 's',
      subjectId: String(seq),
      contentHash: contentHash(content),
      previous: entries.at(-1)?.hash ?? GENESIS,
    };
    entries.push({ ...entry, hash: entryHash(entry), content });
  }
  return entries;
}

/** The entry with its own hash made right again, as a careful forger would. */
function rehashed(entry: ChainEntry): ChainEntry {
  return { ...entry, hash: entryHash(entry) };
}

const chain = chainOf(8);
const at = (seq: number) => chain[seq - 1] as ChainEntry;
const anchor = { seq: 8, hash: at(8).hash };

describe('an intact log', () => {
  it('is found so, with and without contents, at every length', async () => {
    for (let length = 0; length <= 8; length++) {
      const part = chain.slice(0, length);
      const head = { seq: length, hash: part.at(-1)?.hash ?? GENESIS };
      expect(await verifyChain(part)).toEqual({ intact: true, entries: length, erased: 0, head });
    }
    const erased = chain.map((entry) => (entry.seq % 2 ? { ...entry, content: null } : entry));
    expect(await verifyChain(erased, [anchor])).toEqual({ intact: true, entries: 8, erased: 4, head: anchor });
  });
});

describe('a log that was tampered with', () => {
  const cases: [string, () => ChainEntry[], number, ChainFault][] = [
    ['an edited entry', () => chain.with(2, { ...at(3), actor: 'person:x' }), 3, 'edited'],
    ['an edited entry with a new hash', () => chain.with(2, rehashed({ ...at(3), action: 'x' })), 4, 'chain'],
    ['an edited content', () => chain.with(2, { ...at(3), content: { salt: '00', text: '{}' } }), 3, 'content'],
    ['a moved time', () => chain.with(0, { ...at(1), at: '2020-01-01T00:00:00.000000Z' }), 1, 'edited'],
    ['a removed entry', () => chain.toSpliced(3, 1), 5, 'gap'],
    ['a removed first entry', () => chain.slice(1), 2, 'gap'],
    [
      'a removed entry, the rest renumbered',
      () => chain.toSpliced(3, 1).map((e, i) => rehashed({ ...e, seq: i + 1 })),
      4,
      'chain',
    ],
    ['an inserted copy', () => chain.toSpliced(3, 0, at(3)), 3, 'order'],
    ['two swapped', () => chain.with(2, at(4)).with(3, at(3)), 4, 'gap'],
    [
      'two swapped, renumbered',
      () => chain.with(2, rehashed({ ...at(4), seq: 3 })).with(3, rehashed({ ...at(3), seq: 4 })),
      3,
      'chain',
    ],
    ['a cut-off end', () => chain.slice(0, 6), 7, 'truncated'],
    ['nothing left', () => [], 1, 'truncated'],
    ['an entry of another tenant', () => chain.with(4, rehashed({ ...at(5), tenant: 'u' })), 5, 'tenant'],
  ];
  it.each(cases)('%s is found', async (_, forged, seq, fault) => {
    expect(await verifyChain(forged(), [anchor])).toMatchObject({ intact: false, seq, fault });
  });

  it('as a whole, is found by the anchor only', async () => {
    const anew = chainOf(9).map((entry) => rehashed({ ...entry, actor: 'key:x' }));
    for (const [index, entry] of anew.entries()) {
      anew[index] = rehashed({ ...entry, previous: anew[index - 1]?.hash ?? GENESIS });
    }
    expect(await verifyChain(anew)).toMatchObject({ intact: true });
    expect(await verifyChain(anew, [anchor])).toMatchObject({ intact: false, seq: 8, fault: 'anchor' });
  });

  it('in any one character, is never found intact', async () => {
    const fields = [
      'tenant',
      'at',
      'actor',
      'action',
      'subjectType',
      'subjectId',
      'contentHash',
      'previous',
      'hash',
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.constantFrom(...fields), fc.nat(63), async (index, field, place) => {
        const entry = chain[index] as ChainEntry;
        const old = entry[field];
        const i = place % old.length;
        const changed = { ...entry, [field]: old.slice(0, i) + (old[i] === 'f' ? 'e' : 'f') + old.slice(i + 1) };
        expect(await verifyChain(chain.with(index, changed), [anchor])).toMatchObject({ intact: false });
      }),
      { numRuns: 200 },
    );
  });
});
