import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Purchase, STATES, type Upcoming, upcoming } from '@proviso/procurement';
import { getSetting, putSetting, type TenantScope } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { type CalendarEvent, calendarFile } from './ics.ts';
import { purchaseName } from './letter.ts';
import { isWordId, timeText, write } from './words.ts';

/** Whose calendar an address shows. */
export interface CalendarOwner {
  tenant: string;
  person: string;
}

const setting = (person: string): string => `calendar ${person}`;
/** Purchases in a feed at most: calendars get slow with more. */
const MOST = 500;
/** What has ended may owe something still: data to give back, a last report. */
const RUNNING = STATES.filter((one) => one !== 'stopped');

/** The secret address of a person's deadlines. It stays the same until `newCalendarAddress`. */
export async function calendarAddress(
  trx: TenantScope,
  deps: Pick<Deps, 'baseUrl' | 'receiptKey'>,
  owner: CalendarOwner,
): Promise<string> {
  return addressWith(deps, owner, await countOf(trx, owner.person));
}

/** Another address for a person's deadlines; the one before shows nothing any more. */
export async function newCalendarAddress(
  trx: TenantScope,
  deps: Pick<Deps, 'baseUrl' | 'receiptKey'>,
  owner: CalendarOwner,
): Promise<string> {
  const kept = await getSetting(trx, setting(owner.person));
  const n = (await countOf(trx, owner.person)) + 1;
  await putSetting(trx, setting(owner.person), kept?.version ?? 0, n);
  return addressWith(deps, owner, n);
}

async function countOf(trx: TenantScope, person: string): Promise<number> {
  const value = (await getSetting(trx, setting(person)))?.value;
  return typeof value === 'number' ? value : 0;
}

function addressWith(
  { baseUrl, receiptKey }: Pick<Deps, 'baseUrl' | 'receiptKey'>,
  owner: CalendarOwner,
  n: number,
): string {
  const ids = Buffer.from(`${owner.tenant}${owner.person}`.replaceAll('-', ''), 'hex');
  return `${baseUrl}/calendar/${Buffer.concat([ids, macOf(receiptKey, owner, n)]).toString('base64url')}.ics`;
}

/** Sixteen bytes that nobody can guess without the server's key, from which no signature of that key can be told. */
function macOf(receiptKey: Deps['receiptKey'], { tenant, person }: CalendarOwner, n: number): Buffer {
  const key = Buffer.from(String(receiptKey.d ?? ''), 'base64url');
  return createHmac('sha256', key).update(`proviso calendar/1 ${tenant} ${person} ${n}`).digest().subarray(0, 16);
}

/** Whose calendar a token names; what it is worth, `isCurrent` tells. Null for what no server made. */
export function ownerIn(token: string): (CalendarOwner & { mac: Buffer }) | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 48 || bytes.toString('base64url') !== token) return null;
  const uuid = (at: number): string =>
    bytes
      .subarray(at, at + 16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { tenant: uuid(0), person: uuid(16), mac: bytes.subarray(32) };
}

/** Is this the person's present address, and the person still a member? */
export async function isCurrent(
  trx: TenantScope,
  { receiptKey }: Pick<Deps, 'receiptKey'>,
  owner: CalendarOwner & { mac: Buffer },
): Promise<boolean> {
  const wanted = macOf(receiptKey, owner, await countOf(trx, owner.person));
  if (!timingSafeEqual(wanted, owner.mac)) return false;
  const member = await trx
    .selectFrom('membership')
    .select('person')
    .where('person', '=', owner.person)
    .executeTakeFirst();
  return member !== undefined;
}

/** The deadlines to come of all running purchases, as an iCalendar file. */
export async function calendarOf(
  trx: TenantScope,
  { baseUrl, now }: Pick<Deps, 'baseUrl' | 'now'>,
  tenant: string,
): Promise<string> {
  const rows = await trx
    .selectFrom('purchase')
    .select('document')
    .where('state', 'in', RUNNING)
    .orderBy('updated', 'desc')
    .limit(MOST)
    .execute();
  const events = rows.flatMap(({ document }) =>
    eventsOf(
      document as Purchase,
      now().toISOString(),
      `${baseUrl}/t/${tenant}/purchases/${(document as Purchase).id}`,
    ),
  );
  const language = (rows[0]?.document as Purchase | undefined)?.description.language ?? 'en';
  return calendarFile(write('calendar.name', language), events);
}

/** The deadlines of a purchase as events of a calendar; obligations of one day are one event that names them all. Pure. */
export function eventsOf(purchase: Purchase, at: string, url: string): CalendarEvent[] {
  const { language } = purchase.description;
  const event = ({ kind, deadline, subject }: Upcoming): CalendarEvent => {
    const id = `deadline.${kind}`;
    const what = isWordId(id) ? write(id, language) : kind;
    return {
      uid: `${purchase.id}-${kind}-${subject ?? ''}@proviso`,
      at: deadline.instant,
      changed: purchase.updated,
      summary: `${purchaseName(purchase, language)}: ${what}`,
      description: timeText(deadline, language),
      url,
    };
  };
  const all = upcoming(purchase, at);
  const days = Map.groupBy(
    all.filter(({ kind }) => kind === 'obligation-due'),
    ({ deadline }) => deadline.local.slice(0, 10),
  );
  const requirementOf = new Map(purchase.obligations.map(({ id, requirement }) => [id, requirement]));
  return [
    ...all.filter(({ kind }) => kind !== 'obligation-due').map(event),
    ...[...days].flatMap(([day, [first, ...others]]) => {
      if (!first) return [];
      const named = [first, ...others].map(({ subject }) => requirementOf.get(subject ?? '') ?? '');
      const one = event({ ...first, subject: day });
      return {
        ...one,
        summary: `${one.summary} (${named.length})`,
        description: named.join(', '),
        url: `${url}/contract`,
      };
    }),
  ];
}
