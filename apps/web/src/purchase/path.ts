import { hasSelection, lastApproval, type Purchase } from '@proviso/procurement';

export type StepState = 'done' | 'next' | 'later';

/** One thing on the way from the description to the end of the contract, and the page where it is done. */
export interface PathStep {
  id: (typeof PATH)[number]['id'];
  page: string;
  state: StepState;
}

const ORDER = ['drafted', 'specified', 'published', 'closed', 'opened', 'evaluated', 'awarded', 'contracted', 'ended'];
const isPast = ({ state }: Purchase, reached: string): boolean => ORDER.indexOf(state) >= ORDER.indexOf(reached);

const PATH = [
  { id: 'demand', page: 'demand', done: (one: Purchase) => one.demand !== null },
  { id: 'plan', page: 'publish', done: (one: Purchase) => one.plan !== null },
  { id: 'team', page: 'publish', done: (one: Purchase) => one.openers.length >= 2 && one.evaluators.length >= 2 },
  { id: 'specify', page: 'demand', done: (one: Purchase) => isPast(one, 'specified') },
  {
    id: 'approve',
    page: 'demand',
    done: (one: Purchase) =>
      isPast(one, 'published') ||
      (['legal', 'security'] as const).every((as) => lastApproval(one, as)?.verdict === 'approved'),
  },
  { id: 'publish', page: 'publish', done: (one: Purchase) => isPast(one, 'published') },
  {
    id: 'candidates',
    page: 'candidates',
    done: (one: Purchase) => isPast(one, 'published') && one.notice?.stage === 'tender',
    only: hasSelection,
  },
  { id: 'open', page: 'opening', done: (one: Purchase) => isPast(one, 'opened') },
  { id: 'evaluate', page: 'evaluate', done: (one: Purchase) => isPast(one, 'evaluated') },
  { id: 'award', page: 'award', done: (one: Purchase) => isPast(one, 'awarded') },
  { id: 'sign', page: 'award', done: (one: Purchase) => isPast(one, 'contracted') },
  { id: 'keep', page: 'contract', done: (one: Purchase) => isPast(one, 'ended') },
] as const;

/** The way of a purchase: what is done, the first thing that is not, and what comes later. A stopped one has no next step. */
export function pathOf(purchase: Purchase): PathStep[] {
  let open = purchase.state !== 'stopped';
  return PATH.filter((step) => !('only' in step) || step.only(purchase)).map(({ id, page, done }) => {
    const isDone = done(purchase);
    const state = isDone ? 'done' : open ? 'next' : 'later';
    if (!isDone) open = false;
    return { id, page, state };
  });
}
