import { createHash, randomUUID } from 'node:crypto';
import { type Database, type TenantScope, withTenant } from '../connect/tenant.ts';

/** Ids of the rows that a sample tenant has: one or two of everything. */
export interface Sample {
  tenant: string;
  person: string;
  purchase: string;
  supplier: string;
  invitation: string;
  token: Buffer;
  offer: string;
  document: string;
  file: Buffer;
}

/** sha256 of a text. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Founds a tenant with a row in each table. */
export async function plantTenant(db: Database, name: string): Promise<Sample> {
  const sample: Sample = {
    tenant: randomUUID(),
    person: randomUUID(),
    purchase: randomUUID(),
    supplier: randomUUID(),
    invitation: randomUUID(),
    token: sha256(`token of ${name} ${randomUUID()}`),
    offer: randomUUID(),
    document: randomUUID(),
    file: sha256(`file of ${name}`),
  };
  await withTenant(db, sample.tenant, (trx) => plant(trx, name, sample));
  return sample;
}

async function plant(trx: TenantScope, name: string, sample: Sample): Promise<void> {
  const { tenant, person, purchase, supplier, invitation, offer, document, file } = sample;
  const id = randomUUID;
  await trx.insertInto('tenant').values({ tenant, name }).execute();
  await trx
    .insertInto('person')
    .values({ tenant, id: person, account: `account-${name}`, email: `anna@${name}.example`, name: `Anna of ${name}` })
    .execute();
  await trx
    .insertInto('membership')
    .values({ tenant, person, roles: ['owner', 'buyer'] })
    .execute();
  await trx
    .insertInto('setting')
    .values({ tenant, name: 'retention', value: JSON.stringify({ days: 365 }) })
    .execute();
  await trx
    .insertInto('purchase')
    .values({
      tenant,
      id: purchase,
      reference: `${name}-1`,
      title: `Firewalls for ${name}`,
      state: 'published',
      procedure: 'open',
      language: 'en',
      closing: '2031-01-01T12:00:00Z',
      document: JSON.stringify({ lots: [], someKey: { innerKey: 1 } }),
    })
    .execute();
  await trx
    .insertInto('demandVersion')
    .values({ tenant, purchase, n: 1, file: JSON.stringify({}), hash: sha256('demand'), by: person })
    .execute();
  await trx
    .insertInto('ownRequirement')
    .values({ tenant, id: 'OWN-01', version: 1, entry: JSON.stringify({}), by: person })
    .execute();
  await trx
    .insertInto('supplier')
    .values({ tenant, id: supplier, name: `Supplier to ${name}` })
    .execute();
  await trx
    .insertInto('invitation')
    .values({ tenant, id: invitation, purchase, supplier, tokenHash: sample.token, expires: '2031-01-01T12:00:00Z' })
    .execute();
  await trx
    .insertInto('clarification')
    .values({ tenant, id: id(), purchase, askedByInvitation: invitation, question: 'Which TLS?' })
    .execute();
  await trx
    .insertInto('comment')
    .values({ tenant, id: id(), purchase, subject: 'title', author: person, text: 'Good.' })
    .execute();
  await trx.insertInto('file').values({ tenant, sha256: file, bytes: 3, media: 'text/plain' }).execute();
  await trx
    .insertInto('draft')
    .values({ tenant, invitation, part: 'all', ciphertext: Buffer.from([1, 0, 255]) })
    .execute();
  await trx
    .insertInto('share')
    .values({ tenant, purchase, part: '1', holder: person, ciphertext: Buffer.from('s') })
    .execute();
  await trx
    .insertInto('offer')
    .values({
      tenant,
      id: offer,
      purchase,
      supplier,
      invitation,
      receivedAt: '2030-12-31T12:00:00.123Z',
      late: false,
      sha256: file,
      bytes: 3,
      manifest: JSON.stringify({ parts: 1 }),
    })
    .execute();
  await trx.insertInto('offerFile').values({ tenant, offer, name: 'plan.txt', sha256: file }).execute();
  await trx.insertInto('upload').values({ tenant, invitation, sha256: file }).execute();
  await trx.insertInto('purchaseFile').values({ tenant, purchase, sha256: file }).execute();
  await trx
    .insertInto('offlineForm')
    .values({
      tenant,
      purchase,
      version: 1,
      language: 'nl',
      sha256: file,
      bytes: 3,
      demand: file,
      closing: '2030-12-31T12:00:00Z',
      at: '2030-12-01T12:00:00Z',
    })
    .execute();
  const request = id();
  await trx
    .insertInto('request')
    .values({
      tenant,
      id: request,
      purchase,
      supplier,
      invitation,
      receivedAt: '2030-11-30T12:00:00.123Z',
      late: false,
      said: JSON.stringify({ ability: 'We can.' }),
      sha256: file,
      receipt: JSON.stringify({}),
    })
    .execute();
  await trx.insertInto('requestFile').values({ tenant, request, sha256: file }).execute();
  const [consent, round] = [id(), id()];
  await trx
    .insertInto('probeConsent')
    .values({
      tenant,
      id: consent,
      purchase,
      supplier,
      invitation,
      targets: JSON.stringify({ hosts: ['www.example.org'] }),
      perMinute: 30,
      edition: 1,
      language: 'en',
      textSha256: sha256('words'),
      signer: 'Sam',
      role: 'Owner',
      sha256: sha256('consent'),
      given: '2030-12-01T12:00:00Z',
    })
    .execute();
  await trx.insertInto('probePlan').values({ tenant, purchase, profile: 'strict', every: 'weekly' }).execute();
  await trx
    .insertInto('probeRound')
    .values({ tenant, id: round, purchase, supplier, consent, by: person, at: '2030-12-02T12:00:00Z' })
    .execute();
  await trx
    .insertInto('probeRun')
    .values({
      tenant,
      id: id(),
      purchase,
      supplier,
      round,
      kind: 'host',
      name: 'www.example.org',
      at: '2030-12-02T12:00:00Z',
      bundle: file,
      profile: 'strict',
      asked: sha256('asked'),
      place: 'here',
      counts: JSON.stringify({ pass: 1 }),
      results: JSON.stringify([]),
    })
    .execute();
  await trx
    .insertInto('probeWaiver')
    .values({
      tenant,
      id: id(),
      purchase,
      supplier,
      name: 'www.example.org',
      checkId: 'web.hsts',
      until: '2031-01-31',
      reason: 'Until the move.',
      by: person,
      at: '2030-12-03T12:00:00Z',
    })
    .execute();
  await trx
    .insertInto('purchaseKeys')
    .values({ tenant, purchase, round: 1, keys: JSON.stringify({ parts: [] }), by: person })
    .execute();
  await trx
    .insertInto('passedShare')
    .values({ tenant, purchase, round: 1, part: '1', fromPerson: person, ciphertext: Buffer.from('p') })
    .execute();
  await trx
    .insertInto('openingRecord')
    .values({ tenant, purchase, round: 1, part: '1', record: JSON.stringify({}), sha256: file })
    .execute();
  await trx
    .insertInto('score')
    .values({ tenant, purchase, offer, requirement: 'R1', evaluator: person, value: 0.1 + 0.2, reason: 'well shown' })
    .execute();
  await trx
    .insertInto('consensus')
    .values({ tenant, purchase, offer, requirement: 'R1', value: 3, reason: 'agreed', by: person })
    .execute();
  await trx
    .insertInto('owed')
    .values({ tenant, purchase, obligation: 'GOV-01.1', owner: person, due: '2031-02-01T23:00:00Z' })
    .execute();
  await trx
    .insertInto('document')
    .values({ tenant, id: document, name: 'tender.pdf', sha256: file, bytes: 3, language: 'en', pages: 2 })
    .execute();
  await trx
    .insertInto('passage')
    .values({ tenant, document, n: 1, page: 1, language: 'en', text: `Connections of ${name} are encrypted.` })
    .execute();
  await trx
    .insertInto('outbox')
    .values({ tenant, id: id(), toPerson: person, subject: 'Hello', body: 'Text' })
    .execute();
  const webhook = id();
  await trx
    .insertInto('webhook')
    .values({ tenant, id: webhook, url: 'https://example.org', secret: 'x', events: ['offer'] })
    .execute();
  await trx
    .insertInto('webhookDelivery')
    .values({ tenant, id: id(), webhook, event: 'offer', body: JSON.stringify({}) })
    .execute();
  await trx
    .insertInto('apiKey')
    .values({ tenant, id: id(), hash: sha256(`key ${tenant}`), name: 'CI', scopes: ['read'] })
    .execute();
  await trx
    .insertInto('joinLink')
    .values({ tenant, person, tokenHash: sha256(`join ${tenant}`), expires: '2031-01-01T12:00:00Z' })
    .execute();
  await trx
    .insertInto('openerKey')
    .values({ tenant, person, recipient: 'age1pq1…', fingerprint: 'aaaa bbbb', protectedIdentity: '…' })
    .execute();
  const userId = `user of ${name}`;
  const at = '2030-01-01T12:00:00Z';
  await trx
    .insertInto('authUser')
    .values({ tenant, id: userId, name: 'Anna', email: `anna@${name}.example`, emailVerified: true })
    .execute();
  await trx
    .insertInto('authSession')
    .values({ tenant, id: userId, userId, token: `session of ${name}`, expiresAt: at, updatedAt: at })
    .execute();
  await trx
    .insertInto('authAccount')
    .values({ tenant, id: userId, userId, accountId: userId, providerId: 'credential', updatedAt: at })
    .execute();
  await trx
    .insertInto('authVerification')
    .values({ tenant, id: userId, identifier: name, value: 'v', expiresAt: at })
    .execute();
  await trx.insertInto('authTwoFactor').values({ tenant, id: userId, userId, secret: 's', backupCodes: 'b' }).execute();
  await trx
    .insertInto('authPasskey')
    .values({
      tenant,
      id: userId,
      userId,
      publicKey: 'k',
      credentialId: name,
      counter: 0,
      deviceType: 'single',
      backedUp: false,
    })
    .execute();
}
