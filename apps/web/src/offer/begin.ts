import type { LinkSecret } from '@proviso/sealing';
import type { OfferView } from 'proviso-server/contract';
import { isUnreachable, type OfferApi } from './api.ts';
import { type BrowserStore, browserStore } from './browser-store.ts';
import { type OfferDraft, type ReadDraft, readDraft } from './draft.ts';
import { type Merged, mergeDrafts } from './merge.ts';
import type { Sealing } from './offer-page.ts';

/** Why the page cannot begin; `again` begins all the same, where the supplier decides so. */
export type Stop = 'secret-missing' | 'secret-broken' | 'draft-unreadable';

export interface Begun {
  secret: LinkSecret;
  /** Was it made now? Then the link has to be kept. */
  isNew: boolean;
  store: BrowserStore;
  read: ReadDraft;
  /** The server's version that the draft follows. */
  version: number;
  /** Written here and not on the server yet. */
  waiting: boolean;
  /** What both held was put together. */
  merged: Merged | null;
}

/**
 * The secret of the link, and the draft that it opens: the server's, and what this browser has kept beyond it.
 * @param text the secret as the address has it; null where it has none
 * @param anew the supplier has said that the kept draft may be given up
 */
export async function begin(
  sealing: Sealing,
  api: OfferApi,
  view: OfferView,
  text: string | null,
  anew: boolean,
): Promise<Begun | Stop> {
  if (text === null && view.draft > 0 && !anew) return 'secret-missing';
  const secret = text === null ? await sealing.createLinkSecret() : await known(sealing, text);
  if (!secret) return 'secret-broken';
  const store = browserStore(view.invitation);
  const open = async (bytes: Uint8Array): Promise<ReadDraft> => {
    const { purchase, invitation, form } = view;
    const content = await sealing.openDraft(bytes, { purchase: purchase.id, invitation }, secret);
    return readDraft(content, form, purchase.lots);
  };
  const empty = readDraft(null, view.form, view.purchase.lots);
  const start = { secret, isNew: text === null, store, merged: null };
  const here = await store.get().catch(() => null);
  // A draft under another secret than the link's is not this link's: it stays where it is until something new is kept.
  const mine = here ? await open(here.bytes).catch(() => null) : null;
  if (view.draft === 0 || anew) {
    if (mine && here?.waiting && !anew) return { ...start, read: mine, version: view.draft, waiting: true };
    return { ...start, read: empty, version: view.draft, waiting: false };
  }
  const found = await api.draft().catch((error) => {
    if (isUnreachable(error) && mine && here) return null;
    throw error;
  });
  if (found === null) return { ...start, read: mine as ReadDraft, version: here?.version ?? 0, waiting: true };
  const theirs = await open(found.bytes).catch(() => null);
  if (!theirs) return 'draft-unreadable';
  const { version } = found;
  if (!mine || !here?.waiting) return { ...start, read: theirs, version, waiting: false };
  if (here.version >= version) return { ...start, read: mine, version, waiting: true };
  const merged = mergeDrafts(empty.draft, mine.draft, theirs.draft);
  const overtaken = mine.overtaken ?? theirs.overtaken;
  return { ...start, read: { draft: merged.draft, overtaken }, version, waiting: true, merged };
}

async function known(sealing: Sealing, text: string): Promise<LinkSecret | null> {
  try {
    return await sealing.readLinkSecret(text);
  } catch {
    return null;
  }
}

/** Seals a draft to the link. */
export function sealerOf(
  sealing: Sealing,
  { purchase, invitation }: OfferView,
  secret: LinkSecret,
  kept: (draft: OfferDraft) => unknown,
): (draft: OfferDraft) => Promise<Uint8Array<ArrayBuffer>> {
  return (draft) => sealing.sealDraft(kept(draft), { purchase: purchase.id, invitation }, secret);
}
