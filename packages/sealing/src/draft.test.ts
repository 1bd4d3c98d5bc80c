import { beforeAll, expect, test } from 'vitest';
import { createLinkSecret, type LinkSecret, openDraft, readLinkSecret, sealDraft } from './draft.ts';
import { sealJson } from './sealed.ts';
import { refusalOf } from './testing/purchase.ts';

const BINDING = { purchase: 'purchase-1', invitation: 'invitation-1' };
let link: LinkSecret;

beforeAll(async () => {
  link = await createLinkSecret();
});

test('a draft opens with the link it was written with, and with no other', async () => {
  const content = { values: { 'GOV-01': 'perhaps' }, page: 3 };
  const sealed = await sealDraft(content, BINDING, link);
  expect(await openDraft(sealed, BINDING, await readLinkSecret(link.text))).toEqual(content);
  expect(await refusalOf(openDraft(sealed, BINDING, await createLinkSecret()))).toBe('wrong-key');
  expect(await refusalOf(openDraft(sealed, { ...BINDING, purchase: 'x' }, link))).toBe('wrong-purchase');
  expect(await refusalOf(openDraft(sealed, { ...BINDING, invitation: 'x' }, link))).toBe('wrong-invitation');
  expect(await refusalOf(openDraft(sealed.with(3_000, 1).with(3_001, 2), BINDING, link))).toBe('damaged');
  expect(await refusalOf(openDraft(await sealJson(link.recipient, '{}'), BINDING, link))).toBe('not-a-draft');
});

test('the secret survives a URL and careless copying', async () => {
  const url = new URL(`https://example.org/offer#${link.text}`);
  expect(url.hash).toBe(`#${link.text}`);
  for (const text of [url.hash, ` ${link.text}\n`, link.text.toUpperCase()])
    expect(await readLinkSecret(text)).toEqual(link);
});

test('a link that was cut or changed is told', async () => {
  const { text } = link;
  for (const cut of ['', '#', text.slice(0, -1), text.slice(1), `${text}.`, text + text])
    expect(await refusalOf(readLinkSecret(cut))).toBe('link-incomplete');
  for (let at = 0; at < text.length; at++) {
    const other = text[at] === 'q' ? 'p' : 'q';
    expect(await refusalOf(readLinkSecret(text.slice(0, at) + other + text.slice(at + 1)))).toBe('link-damaged');
  }
  const swapped = text.replace(/(.)(?!\1)(.)/, '$2$1');
  expect(await refusalOf(readLinkSecret(swapped))).toBe('link-damaged');
});
