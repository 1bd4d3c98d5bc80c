import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_SCOPES } from '../http/access.ts';
import { type TestServer, tryServer } from '../testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await tryServer();
});
afterAll(() => server.close());

describe('people', () => {
  it('cannot be invited twice', async () => {
    const body = { email: 'Buyer@example.org', name: 'Again', roles: ['legal'] };
    const answer = await server.ask('owner', 'POST', server.at('/people'), body);
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'there-already']);
  });

  it('get other roles from an owner, of whom one stays', async () => {
    const patch = (who: string, roles: string[]) =>
      server.ask('owner', 'PATCH', server.at(`/people/${server.people[who]}`), { roles });
    expect((await patch('legal', ['legal', 'security', 'legal'])).statusCode).toBe(204);
    expect((await patch('owner', ['buyer'])).json().code).toBe('last-owner');
    expect((await patch('legal', ['supplier'])).statusCode).toBe(422);
    expect((await patch('legal', [])).statusCode).toBe(422);
    const erased = await server.ask('owner', 'DELETE', server.at(`/people/${server.people.owner}`));
    expect(erased.json().code).toBe('last-owner');
    const list = (await server.ask('auditor', 'GET', server.at('/people'))).json();
    expect(list.find(({ id }: { id: string }) => id === server.people.legal).roles).toEqual(['legal', 'security']);
    expect((await patch('other', ['owner'])).statusCode).toBe(404);
  });

  it('keep their own key for opening, which others do not see', async () => {
    const key = { recipient: 'age1pq…', fingerprint: 'abcd efgh', protectedIdentity: 'secret under a passphrase' };
    const own = (who: string) => server.ask(who, 'GET', server.at('/opener-key'));
    expect((await own('opener')).json().code).toBe('no-opener-key');
    expect((await server.ask('opener', 'PUT', server.at('/opener-key'), key)).statusCode).toBe(204);
    expect((await own('opener')).json()).toEqual(key);
    expect((await own('opener2')).statusCode).toBe(404);
    const list = (await server.ask('owner', 'GET', server.at('/people'))).json();
    const openers = list.filter(({ opener }: { opener: boolean }) => opener);
    expect(openers.map(({ id }: { id: string }) => id)).toEqual([server.people.opener]);
    expect(JSON.stringify(list)).not.toContain('passphrase');
  });
});

describe('API keys', () => {
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const make = async (scopes: string[], days: number | null = 30) =>
    (await server.ask('owner', 'POST', server.at('/api-keys'), { name: 'Register', scopes, days })).json();
  const list = (key: string) => server.ask(null, 'GET', server.at('/purchases'), undefined, bearer(key));

  it('do what their scopes say and no more', async () => {
    const { key } = await make(['purchase.read']);
    expect((await list(key)).statusCode).toBe(200);
    const create = await server.ask(null, 'POST', server.at('/purchases'), { title: 'x' }, bearer(key));
    expect([create.statusCode, create.json().code]).toEqual([403, 'not-permitted']);
    expect((await server.ask(null, 'GET', server.at('/home'), undefined, bearer(key))).json().code).toBe(
      'not-for-keys',
    );
    const elsewhere = await server.ask(null, 'GET', `/api/t/${server.other}/purchases`, undefined, bearer(key));
    expect(elsewhere.statusCode).toBe(404);
  });

  it('give no command beyond their scopes', async () => {
    const both = await make(['purchase.read', 'purchase.create']);
    const made = (
      await server.ask(
        null,
        'POST',
        server.at('/purchases'),
        { title: 'By a key', country: 'BE', zone: 'Europe/Brussels' },
        bearer(both.key),
      )
    ).json();
    expect(made.commands).toEqual([]);
    const stop = await server.ask(
      null,
      'POST',
      server.at(`/purchases/${made.purchase.id}/commands/purchase.stop`),
      { version: 1, input: { reason: 'No more money.' } },
      bearer(both.key),
    );
    expect(stop.statusCode).toBe(403);
  });

  it('cannot be made for what is a person’s own', async () => {
    for (const scope of ['score.write', 'offer.open', 'people.manage', 'keys.manage', 'nonsense']) {
      expect(KEY_SCOPES).not.toContain(scope);
      const answer = await server.ask('owner', 'POST', server.at('/api-keys'), { name: 'x', scopes: [scope], days: 1 });
      expect(answer.statusCode, scope).toBe(422);
    }
  });

  it('end when they are revoked or too old, and cannot be guessed', async () => {
    const { key, id } = await make(['purchase.read']);
    const short = await make(['purchase.read'], 1);
    expect((await server.ask('owner', 'DELETE', server.at(`/api-keys/${id}`))).statusCode).toBe(204);
    expect((await list(key)).json().code).toBe('bad-key');
    server.setClock('2026-01-07T09:00:00Z');
    expect((await list(short.key)).json().code).toBe('bad-key');
    server.setClock('2026-01-05T09:00:00Z');
    expect((await list(`pvo_${'a'.repeat(43)}`)).statusCode).toBe(401);
    const kept = await server.base.store.asOwner((client) => client.query('SELECT * FROM proviso.api_key'));
    expect(JSON.stringify(kept.rows)).not.toContain(key.slice(4));
    const shown = (await server.ask('owner', 'GET', server.at('/api-keys'))).json();
    expect(shown.map((one: { id: string }) => one.id)).not.toContain(id);
  });
});
