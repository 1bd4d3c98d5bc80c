import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import { describe, expect, it } from 'vitest';
import { fakeServer } from './fake-server.ts';
import { fixtures, PURCHASE, TENANT } from './fixtures.ts';
import { settled } from './settled.ts';
import { contrastFaults, goTo, tryWorkbench } from './workbench.ts';

const trial = tryWorkbench(launchBrowser);
const { requirement, risk, documents } = fixtures({});
const t = `/t/${TENANT}`;
const p = `${t}/purchases/${PURCHASE}`;
const demand = (part: string): string => `${p}/demand?part=${part}`;
const publish = (part: string): string => `${p}/publish?part=${part}`;
const contract = (part: string): string => `${p}/contract?part=${part}`;
const admin = ['people', 'opener-key', 'log', 'outbox', 'settings', 'api-keys', 'webhooks', 'jobs', 'backup'];

/** Every page, by what the server holds. */
const PAGES: [string, Parameters<typeof fakeServer>[0], string[]][] = [
  ['outside', {}, ['/sign-in', '/join#token', '/account']],
  ['of an organisation', {}, [`${t}/home`, `${t}/purchases`, `${t}/purchases/new?step=what`]],
  ['of a new organisation', { empty: true }, [`${t}/home`, `${t}/purchases`, `${t}/purchases/new?step=check`]],
  ['of the library', {}, [`${t}/library`, `${t}/library?language=nl`, `${t}/library/${documents[0]?.id}`]],
  ['of the catalogue', {}, [`${t}/catalogue/${requirement}`, `${t}/catalogue/${risk}`, `${t}/catalogue?part=graph`]],
  [
    'of the organisation’s own requirements',
    {},
    [
      `${t}/catalogue?part=own`,
      `${t}/catalogue/OWN-01?part=own`,
      `${t}/catalogue?part=own&write=new`,
      `${t}/catalogue?part=own&write=OWN-01`,
      `${t}/catalogue?part=changes`,
    ],
  ],
  ['of an organisation without its own', { empty: true }, [`${t}/catalogue?part=own`, `${t}/catalogue?part=changes`]],
  ['of a purchase', {}, [`${p}/overview`, `${p}/risks/${risk}`, `${p}/draft`, `${p}/draft/${documents[0]?.id}`]],
  [
    'of its requirements',
    {},
    [
      `${p}/demand/${requirement}`,
      ...['answers', 'departures', 'what-if', 'consultation', 'versions', 'files'].map(demand),
    ],
  ],
  [
    'of a purchase without requirements',
    { bare: true },
    [`${p}/overview`, `${p}/risks`, `${p}/demand`, publish('notice')],
  ],
  [
    'before publication',
    {},
    [publish('plan'), publish('team'), publish('invitations'), `${p}/thread/${requirement}`, `${p}/contract`],
  ],
  ['when it is ready', { state: 'specified' }, [demand('approval'), publish('notice')]],
  ['when it is published', { state: 'published' }, [publish('notice'), publish('corrigenda'), `${p}/questions`]],
  [
    'under contract',
    { state: 'contracted' },
    [
      `${p}/overview`,
      `${p}/contract`,
      `${p}/contract/${requirement}.1`,
      ...['dropped', 'contracts', 'call-offs'].map(contract),
    ],
  ],
  ['of administration', {}, admin.map((section) => `${t}/admin/${section}`)],
];

describe('every page', () => {
  it.each(PAGES)('%s: no fault in either theme, and all of it in 320 pixels', async (_, options, paths) => {
    const server = fakeServer(options);
    const [first = '', ...others] = paths;
    const page = await trial.open(server, first, { colorScheme: 'light' });
    const faults: Record<string, unknown> = {};
    for (const path of [first, ...others]) {
      if (path !== first) await goTo(page, path);
      await settled(page, path);
      const found = await axeViolations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await contrastFaults(page);
      await page.setViewportSize({ width: 320, height: 640 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      // A name of a supplier is text, whatever it holds.
      const images = await page.locator('img').count();
      if (found.length + dark.length + images + Math.max(0, overflow) > 0)
        faults[path] = { found, dark, overflow, images };
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    expect(faults).toEqual({});
    expect(server.unknown).toEqual([]);
  });
});
