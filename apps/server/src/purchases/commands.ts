import type { DemandFile } from '@proviso/catalogue';
import {
  COMMANDS,
  type CommandKind,
  type CommandType,
  createPurchase,
  type Decision,
  decide,
  type Happened,
  isRefusal,
  linesOf,
  type Purchase,
} from '@proviso/procurement';
import {
  appendConsensus,
  appendLog,
  authorOfDemand,
  getDemandVersion,
  holdPurchase,
  insertPurchase,
  keepOwed,
  listPeople,
  notify,
  type PurchaseRow,
  putScore,
  scoresOf,
  type TenantScope,
  updatePurchase,
  VersionConflict,
} from '@proviso/store';
import type { PurchaseView } from '../contract/purchasing.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { deciderOf, type Giver, logActor, scopesOf } from './actors.ts';
import { calendarFor } from './calendars.ts';
import { CHANGED, type Changed } from './events.ts';
import { columnsOf, documentOf, owedOf } from './rows.ts';
import { viewOf } from './view.ts';

type Listener = (trx: TenantScope, deps: Deps, purchase: Purchase, events: readonly Happened[]) => Promise<void>;

/** Called after each command, in its transaction, with the purchase after it. What throws here undoes the command. */
export const onEvents: Listener[] = [];

export interface GivenCommand {
  type: string;
  input: unknown;
}

/** What a command has done, for who goes on working with the purchase. */
export interface Given {
  row: PurchaseRow;
  purchase: Purchase;
  events: Happened[];
}

/**
 * Carries a command out in the transaction: decides, writes the purchase, its rows and the log, tells listeners. `version` is the row's that
 * was read; null for who does not know it (suppliers, the clock). Commands that only write rows do not mind that others wrote meanwhile.
 * @throws HttpProblem 403, 404, 422 with the refusal's code; VersionConflict
 */
export async function carryOut(
  trx: TenantScope,
  deps: Deps,
  giver: Giver,
  id: string,
  version: number | null,
  command: GivenCommand,
): Promise<Given> {
  const kind = kindOf(command.type);
  checkScopes(giver, kind);
  const rowsOnly = kind.rowsOnly === true;
  const row = await holdPurchase(trx, id, rowsOnly);
  if (!row) throw new HttpProblem(404, 'not-found');
  if (version !== null && version !== row.version && !rowsOnly)
    throw new VersionConflict('The purchase', version, row.version);
  const before = documentOf(row);
  const { country, region } = before.description;
  if (command.type === 'demand.approve') await checkAuthor(trx, giver, id, command);
  const decided = decide(before, await prepared(trx, id, command), {
    by: deciderOf(giver),
    at: deps.now().toISOString(),
    calendar: await calendarFor(country, region),
    ...(NEED_SCORES.includes(command.type) ? await scoresOf(trx, id) : {}),
  });
  if (isRefusal(decided)) throw refused(decided);
  if (OWNERS.includes(command.type)) await checkOwners(trx, command);
  const after = await write(trx, row, decided);
  await startCallOffs(trx, giver, decided, deps);
  for (const tell of onEvents) await tell(trx, deps, decided.purchase, decided.events);
  await log(trx, giver, decided.events);
  const by = giver === 'system' ? 'system' : 'invitation' in giver ? 'supplier' : giver.id;
  const changed: Changed = { tenant: row.tenant, purchase: id, event: 'changed', data: { version: after.version, by } };
  // Whoever scores blind is not watched while doing so.
  if (!rowsOnly) await notify(trx, CHANGED, changed);
  return { row: after, purchase: decided.purchase, events: decided.events };
}

/** As `carryOut`, for people and keys (a supplier sees nothing of a purchase this way); gives the purchase as they may see it afterwards. */
export async function giveCommand(
  trx: TenantScope,
  deps: Deps,
  actor: Actor,
  purchaseId: string,
  version: number | null,
  command: GivenCommand,
): Promise<PurchaseView & { events: Happened[] }> {
  const { row, events } = await carryOut(trx, deps, actor, purchaseId, version, command);
  return { ...(await viewOf(trx, row, actor, deps.now())), events };
}

/** Those that look at scores: `Context.scores` of procurement. */
const NEED_SCORES: readonly string[] = ['evaluation.finish', 'consensus.write', 'quality.freeze'];

/** @throws HttpProblem 404 for a command that does not exist. */
export function kindOf(type: string): CommandKind {
  if (!Object.hasOwn(COMMANDS, type))
    throw new HttpProblem(404, 'unknown-command', { values: { command: type.slice(0, 80) } });
  return COMMANDS[type as CommandType] as unknown as CommandKind;
}

function checkScopes(giver: Giver, { action }: CommandKind): void {
  const scopes = scopesOf(giver);
  if (scopes !== null && !scopes.includes(action)) throw new HttpProblem(403, 'not-permitted', { values: { action } });
}

/** Whoever prepared a demand for a corrigendum approves it no more than one that stands: only the kept version knows who that was. */
async function checkAuthor(trx: TenantScope, giver: Giver, id: string, { input }: GivenCommand): Promise<void> {
  const hash = (input as { demand?: unknown } | null)?.demand;
  if (typeof hash !== 'string' || typeof giver === 'string' || !('id' in giver)) return;
  if ((await authorOfDemand(trx, id, Buffer.from(hash, 'hex'))) === giver.id)
    throw refused({ refused: true, code: 'own-work', where: 'as', values: {} });
}

/** Those that make somebody answer for obligations. */
const OWNERS: readonly string[] = ['contract.sign', 'obligation.assign'];

/** Whoever is to see to an obligation works here: a duty of nobody's would remind nobody. */
async function checkOwners(trx: TenantScope, { input }: GivenCommand): Promise<void> {
  const { owner, owners } = (input ?? {}) as { owner?: unknown; owners?: unknown };
  const named = [owner, ...(Array.isArray(owners) ? owners.map((one) => (one as { owner?: unknown })?.owner) : [])];
  const ids = named.filter((one) => typeof one === 'string');
  if (ids.length === 0) return;
  const members = new Set((await listPeople(trx)).flatMap(({ id, roles }) => (roles?.length ? [id] : [])));
  const stranger = ids.find((one) => !members.has(one));
  if (stranger !== undefined)
    throw new HttpProblem(422, 'unknown', { where: 'owner', values: { id: stranger.slice(0, 80) } });
}

/** A corrigendum's new requirements come from the demand file that is kept, whatever lines were sent. */
async function prepared(trx: TenantScope, id: string, command: GivenCommand): Promise<GivenCommand> {
  if (command.type !== 'corrigendum.publish') return command;
  const input = command.input as { demand?: { version?: unknown } | null } | null;
  const version = input?.demand?.version;
  if (typeof version !== 'number' || !Number.isInteger(version)) return command;
  const kept = version > 0 && version < 2 ** 31 ? await getDemandVersion(trx, id, version) : undefined;
  if (!kept) throw new HttpProblem(422, 'unknown', { where: 'demand.version', values: { id: version } });
  const demand = { version, hash: kept.hash.toString('hex'), lines: linesOf(kept.file as DemandFile) };
  return { type: command.type, input: { ...input, demand } };
}

async function write(trx: TenantScope, row: PurchaseRow, decided: Decision): Promise<PurchaseRow> {
  const { purchase, scores, consensus } = decided;
  for (const score of scores)
    await putScore(trx, { ...score, purchase: row.id, reason: score.reason ?? '', at: new Date(score.at) });
  for (const agreed of consensus) await appendConsensus(trx, { ...agreed, purchase: row.id, at: new Date(agreed.at) });
  if (purchase === documentOf(row)) return row;
  const version = await updatePurchase(trx, row.id, row.version, columnsOf(purchase));
  if (purchase.contracts.length > 0) await keepOwed(trx, row.id, owedOf(purchase));
  return { ...row, ...columnsOf(purchase), closing: closingOf(purchase), version };
}

const closingOf = ({ notice }: Purchase): Date | null => (notice ? new Date(notice.closing.instant) : null);

/** A call-off is a purchase of its own, described as its framework is. */
async function startCallOffs(
  trx: TenantScope,
  giver: Giver,
  { purchase, events }: Decision,
  deps: Deps,
): Promise<void> {
  for (const { ids } of events.filter(({ type }) => type === 'call-off.started')) {
    const { description } = purchase;
    const number = purchase.callOffs.length;
    const reference = `${description.reference ?? purchase.id.slice(0, 8)}/${number}`;
    const about = { ...description, reference, procedure: 'call-off' as const, ceiling: null, longTerm: null };
    const made = createPurchase(
      { id: String(ids.purchase), description: about, lots: null },
      { by: deciderOf(giver), at: deps.now().toISOString() },
      purchase,
    );
    if (isRefusal(made)) throw refused(made);
    await insertPurchase(trx, { id: made.purchase.id, ...columnsOf(made.purchase), reference });
    await log(trx, giver, made.events);
  }
}

/** One entry for each thing that happened, in their order; ids and hashes only. Last in the transaction: others wait for it. */
export async function log(trx: TenantScope, giver: Giver, events: readonly Happened[]): Promise<void> {
  for (const { type, purchase, ids, hashes } of events)
    await appendLog(trx, {
      actor: logActor(giver),
      action: type,
      subject: { type: 'purchase', id: purchase },
      content: { ids, hashes },
    });
}
