import { inputProblem, PROBE_EVERY } from '@proviso/procurement';
import { getSetting, lastPlace, putSetting, type TenantScope } from '@proviso/store';
import { z } from 'zod';
import { newPurchase } from '../contract/purchasing.ts';
import { uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { strictly } from '../http/strict.ts';

const DEFAULTS = newPurchase.omit({ title: true, reference: true, ceiling: true });
/** As kept: where an organisation is, nobody may have said yet. */
const KEPT = DEFAULTS.partial({ country: true, zone: true });
type PurchaseDefaults = z.infer<typeof KEPT>;

const UNSET: PurchaseDefaults = { language: 'en', procedure: 'open', contractMonths: 36 };

/** What an organisation can set, by name. A value is checked by its shape; `null` where it was never set. */
export const SETTINGS = {
  /** What a new purchase begins with. */
  'purchase.defaults': DEFAULTS,
  /** Days after which what the log says in words is erased. */
  retention: z.object({ days: z.int().min(30).max(36_500) }),
  /** By what suppliers' names are probed, and how often while a contract runs. */
  probes: z.object({ profile: z.string().regex(/^[a-z0-9.-]{1,60}$/), every: z.enum(PROBE_EVERY) }),
  /** What the home page of everybody begins with. */
  language: z.object({ language: z.enum(['en', 'fr', 'nl', 'de']) }),
} as const;
type SettingName = keyof typeof SETTINGS;
const names = Object.keys(SETTINGS) as [SettingName, ...SettingName[]];

/** By what and how often suppliers' names are probed where nobody said otherwise. */
export const UNSET_PROBES = { profile: 'internet-nl', every: 'weekly' } as const;

/** What a new organisation's purchases begin with: in the language in which it was founded, until somebody sets another. */
export async function keepFirstDefaults(trx: TenantScope, language: PurchaseDefaults['language']): Promise<void> {
  await putSetting(trx, 'purchase.defaults', 0, { ...UNSET, language });
}

/** What a new purchase of this organisation begins with. Country and zone are those of its last purchase where none were set; else left out. */
export async function purchaseDefaults(trx: TenantScope): Promise<PurchaseDefaults> {
  const kept = KEPT.safeParse((await getSetting(trx, 'purchase.defaults'))?.value);
  const set = kept.success ? kept.data : UNSET;
  if (set.country !== undefined && set.zone !== undefined) return set;
  return { ...(await lastPlace(trx)), ...set };
}

const ofSetting = z.object({ tenant: uuid, name: z.enum(names) });
const setting = z.object({ value: z.unknown(), version: z.int() });

export const settingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/settings/:name',
    access: { member: true },
    summary: 'A setting of the organisation with its version; value null and version 0 where it was never set',
    params: ofSetting,
    response: setting,
    handle: async ({ trx, params: { name } }) => {
      const kept = await getSetting(trx, name);
      if (name === 'purchase.defaults') return { value: await purchaseDefaults(trx), version: kept?.version ?? 0 };
      return kept ?? { value: name === 'probes' ? UNSET_PROBES : null, version: 0 };
    },
  }),
  route({
    method: 'PUT',
    url: '/api/t/:tenant/settings/:name',
    access: { action: 'settings.write' },
    summary: 'Sets what was read at a version',
    params: ofSetting,
    body: z.object({ version: z.int().min(0), value: z.unknown() }),
    example: { version: 0, value: { days: 3650 } },
    response: setting,
    handle: async ({ trx, params: { name }, body }) => {
      const value = parsed(SETTINGS[name], body.value);
      return { value, version: await putSetting(trx, name, body.version, value) };
    },
  }),
];

/** @throws HttpProblem 422 with the field at fault */
function parsed(type: z.ZodType, value: unknown): unknown {
  const read = strictly(type).safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new HttpProblem(422, 'bad-field', {
    where: ['body', 'value', ...(issue?.path ?? [])].map(String).join('.'),
    values: inputProblem(issue),
  });
}
