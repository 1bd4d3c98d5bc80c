import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtFolder } from '../offer/testing/built-pages.ts';
import { settled } from './settled.ts';
import { openStage } from './stage.ts';

const PASSWORD = 'one long sentence';
let browser: Browser;
let stage: Awaited<ReturnType<typeof openStage>>;
let provider: { server: Server; url: string; email: string };
let pages: string;
let page: Page;

beforeAll(async () => {
  [pages, provider] = await Promise.all([builtFolder('all'), openProvider()]);
  const env = {
    PROVISO_OIDC_DISCOVERY: `${provider.url}/.well-known/openid-configuration`,
    PROVISO_OIDC_CLIENT_ID: 'proviso',
    PROVISO_OIDC_CLIENT_SECRET: 'secret',
  };
  [browser, stage] = await Promise.all([launchBrowser(), openStage({ pages, env })]);
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(stage.setUpLink);
  await settled(page);
  await page.getByLabel('Name of the organisation').fill('Town');
  await page.getByLabel('Your name').fill('Olga');
  await page.getByLabel('E-mail address').fill('olga@town.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await page.waitForURL(/\/t\//);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  provider?.server.close();
  if (pages) rmSync(pages, { recursive: true, force: true });
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

async function signOut(): Promise<void> {
  await page.goto(`${stage.url}/`);
  await settled(page);
  await press('Sign out');
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
}

async function typePassword(): Promise<void> {
  await page.getByLabel('E-mail address').fill('olga@town.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await press('Sign in');
}

const signedIn = () => page.waitForURL(/\/t\//);

describe('signing in', () => {
  it('with a passkey that was added before, and without its owner not at all', async () => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${stage.url}/account`);
    await settled(page);
    await page.getByLabel('Name of this device').fill('work laptop');
    await press('Add a passkey');
    await page.getByText('The passkey was added.').waitFor();
    await signOut();
    expect(await axeViolations(page)).toEqual([]);
    await press('Sign in with a passkey');
    await signedIn();
    await signOut();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForTimeout(500);
    expect(page.url()).not.toContain('/t/');
    await typePassword();
    await signedIn();
  });

  it('with a code as a second step, and not without', async () => {
    await page.goto(`${stage.url}/account`);
    await settled(page);
    await page.locator('form', { hasText: 'Turn on' }).getByLabel('Password').fill(PASSWORD);
    await press('Turn on');
    const secret = (await page.locator('code').first().innerText()).replaceAll(/\s/g, '');
    await page.getByRole('img', { name: 'The secret as a QR code' }).waitFor();
    await page.getByLabel('Code of your app').fill(codeNow(secret));
    await press('Check the code and turn on');
    await page.getByText('Codes are on.').waitFor();
    await signOut();
    await typePassword();
    await page.getByLabel('Code of your app').fill('000000');
    await press('Sign in');
    await page.getByText('This code is not right').waitFor();
    expect((await page.request.get(`${stage.url}/api/me`)).status()).toBe(401);
    await page.getByLabel('Code of your app').fill(codeNow(secret));
    await press('Sign in');
    await signedIn();
  });

  it('by the organisation’s own provider, for whom it was invited', async () => {
    await signOut();
    await press('Sign in with your organisation’s account');
    await signedIn();
    await signOut();
    provider.email = 'stranger@town.example';
    await press('Sign in with your organisation’s account');
    await page.getByText('Your organisation’s account is not known here').waitFor();
    expect((await page.request.get(`${stage.url}/api/me`)).status()).toBe(401);
  });
});

/** RFC 6238 with SHA-1, 30 seconds and six digits, from a secret in Base32 (RFC 4648, section 6). */
function codeNow(secret: string): string {
  const bits = [...secret.replaceAll('=', '')]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign.toUpperCase()).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** An OpenID Connect provider that asks nobody anything: whoever comes is the person of `email`. Its tokens are signed. */
async function openProvider(): Promise<typeof provider> {
  const made = { server: createServer(), url: '', email: 'olga@town.example' };
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let nonce = '';
  const part = (body: object): string => Buffer.from(JSON.stringify(body)).toString('base64url');
  const token = (): string => {
    const { email } = made;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: made.url, aud: 'proviso', sub: email, email, email_verified: true, name: email, nonce };
    const text = `${part({ alg: 'RS256', kid: 'k' })}.${part({ ...claims, iat: now, exp: now + 300 })}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const answers: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer: made.url,
      authorization_endpoint: `${made.url}/authorize`,
      token_endpoint: `${made.url}/token`,
      userinfo_endpoint: `${made.url}/userinfo`,
      jwks_uri: `${made.url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({ access_token: 'a-token', token_type: 'Bearer', expires_in: 300, id_token: token() }),
    '/userinfo': () => ({ sub: made.email, email: made.email, email_verified: true, name: made.email }),
  };
  made.server.on('request', (request, reply) => {
    const url = new URL(request.url ?? '/', made.url);
    if (url.pathname === '/authorize') {
      nonce = url.searchParams.get('nonce') ?? '';
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'a-code');
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return void reply.writeHead(302, { location: back.href }).end();
    }
    const answer = answers[url.pathname];
    reply.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((ready) => made.server.listen(0, '127.0.0.1', ready));
  made.url = `http://localhost:${(made.server.address() as AddressInfo).port}`;
  return made;
}
