import { describe, expect, it } from 'vitest';
import { EMPTY_OFFER, type OfferDraft } from './draft.ts';
import { createKeeping, type KeepingDeps, type SealedDraft } from './keeping.ts';
import { type Merged, mergeDrafts } from './merge.ts';

const UNREACHABLE = new Error('unreachable');
const OVERTAKEN = new Error('overtaken');

const priced = (price: string): OfferDraft => ({ ...EMPTY_OFFER, price });
const sealed = (draft: OfferDraft): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(draft));
const opened = (bytes: Uint8Array): OfferDraft => JSON.parse(new TextDecoder().decode(bytes));

/** A browser and a server in memory; what waits runs when the test says so. */
function trial() {
  const server = { bytes: sealed(EMPTY_OFFER), version: 0, away: false, full: false };
  const browser: { kept: SealedDraft | null; full: boolean } = { kept: null, full: false };
  const waiting: (() => void)[] = [];
  const merged: Merged[] = [];
  const deps: KeepingDeps = {
    seal: async (draft) => sealed(draft),
    open: async (bytes) => opened(bytes),
    here: {
      put: async (kept) => {
        if (browser.full) throw new Error('full');
        browser.kept = kept;
      },
    },
    there: {
      get: async () => ({ bytes: server.bytes, version: server.version }),
      put: async (bytes, version) => {
        if (server.away) throw UNREACHABLE;
        if (server.full) throw new Error('507');
        if (version !== server.version) throw OVERTAKEN;
        server.bytes = bytes;
        server.version += 1;
        return server.version;
      },
    },
    isUnreachable: (error) => error === UNREACHABLE,
    isOvertaken: (error) => error === OVERTAKEN,
    merge: mergeDrafts,
    changed: () => {},
    merged: (outcome) => merged.push(outcome),
    wait: (_, work) => waiting.push(work),
  };
  const settle = async (): Promise<void> => {
    for (const work of waiting.splice(0)) work();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return { server, browser, merged, settle, keeping: createKeeping(deps, { draft: EMPTY_OFFER, version: 0 }) };
}

describe('what is written', () => {
  it('goes to the server once, however fast it is typed', async () => {
    const { server, browser, keeping, settle } = trial();
    for (const price of ['1', '12', '123']) keeping.write(priced(price));
    await settle();
    expect(opened(server.bytes).price).toBe('123');
    expect(server.version).toBe(1);
    expect(browser.kept).toMatchObject({ version: 1, waiting: false });
    expect(keeping.state()).toBe('kept');
  });

  it('waits in the browser while the server is away, and goes when it is back', async () => {
    const { server, browser, keeping, settle } = trial();
    server.away = true;
    keeping.write(priced('7'));
    await settle();
    expect(keeping.state()).toBe('here');
    expect(browser.kept).toMatchObject({ version: 0, waiting: true });
    server.away = false;
    await settle();
    expect(opened(server.bytes).price).toBe('7');
    expect(keeping.state()).toBe('kept');
  });

  it('is said to be kept nowhere where nobody takes it, and is not forgotten', async () => {
    const { server, browser, keeping, settle } = trial();
    Object.assign(server, { full: true });
    Object.assign(browser, { full: true });
    keeping.write(priced('7'));
    await settle();
    expect(keeping.state()).toBe('refused');
    server.full = false;
    await keeping.flush();
    expect(opened(server.bytes).price).toBe('7');
  });

  it('is put together with what another tab kept', async () => {
    const { server, merged, keeping, settle } = trial();
    server.bytes = sealed({ ...EMPTY_OFFER, answers: { ...EMPTY_OFFER.answers, supplier: 'Other tab' } });
    server.version = 4;
    keeping.write(priced('7'));
    await settle();
    const kept = opened(server.bytes);
    expect([kept.price, kept.answers.supplier]).toEqual(['7', 'Other tab']);
    expect(server.version).toBe(5);
    expect(merged).toMatchObject([{ clashes: [], taken: ['supplier'] }]);
  });

  it('stays where another tab wrote something else in the same place, and the clash is told', async () => {
    const { server, merged, keeping, settle } = trial();
    server.bytes = sealed(priced('9'));
    server.version = 1;
    keeping.write(priced('7'));
    await settle();
    expect(opened(server.bytes).price).toBe('7');
    expect(merged).toMatchObject([{ clashes: [{ field: 'price', mine: '7', theirs: '9' }] }]);
  });
});
