import type { Say } from '@proviso/publishing/form-client';
import type { OfferAsked, OfferView } from 'proviso-server/contract';
import { ProblemError } from '../api/problem.ts';
import type { Formats } from '../i18n/format.ts';
import { isUnreachable, type OfferApi } from './api.ts';
import type { OfferDraft } from './draft.ts';

export type Sealing = typeof import('@proviso/sealing');

/** What parts are drawn from that the offline form has as well. */
export interface SealingPage {
  sealing: Pick<Sealing, 'purchaseFingerprint' | 'sameFingerprint' | 'sealFile' | 'sealOffer'>;
  say: Say;
  formats: Formats;
  view: OfferAsked;
  /** What goes with the answers. */
  rest: Pick<OfferDraft, 'lot' | 'price' | 'files'>;
  /** Changes what goes with the answers, keeps it and draws it. */
  change(change: Partial<SealingPage['rest']>): void;
  now(): Date;
}

/** What every page of a link is drawn from. */
export interface LinkPage {
  api: OfferApi;
  sealing: Sealing;
  say: Say;
  formats: Formats;
  /** As the server said it last. */
  view: OfferView;
  /** Asks the server again, and draws. */
  refresh(): Promise<void>;
  /** By the server's clock, as far as that is known here. */
  now(): Date;
}

/** What the parts of the offer beyond the form are drawn from. */
export interface OfferPage extends LinkPage, Pick<SealingPage, 'rest' | 'change'> {}

/** Are requests to take part being taken, and no offers yet? */
export const asksFirst = ({ purchase }: OfferView): boolean => purchase.stage === 'selection';

/** Has the time for offers ended, or that for requests to take part? */
export function isOver({ view, now }: Pick<SealingPage, 'view' | 'now'>): boolean {
  const { closing } = view.purchase;
  return closing !== null && now() > new Date(closing);
}

const SEALING_CODES = [
  'bad-input',
  'bad-signature',
  'broken-keys',
  'file-changed',
  'link-damaged',
  'link-incomplete',
  'not-a-receipt',
  'other-key',
  'too-big',
  'unsupported',
  'wrong-key',
];

/** What went wrong, and what to do. */
export function troubleText(error: unknown, say: Say): string {
  if (isUnreachable(error)) return say('trouble-away');
  if (error instanceof ProblemError) return error.message || say('trouble-status', { status: error.status });
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code === 'string' && SEALING_CODES.includes(code)) return say(`trouble-${code}`);
  // Nobody foresaw it: for who is asked to help.
  console.error(error);
  return say('trouble-unknown');
}
