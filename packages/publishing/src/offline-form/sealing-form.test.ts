import { describe, expect, it } from 'vitest';
import { askingDemand } from '../testing/asking-demand.ts';
import { offlineForm } from './offline-form.ts';

const sealing = {
  script: 'run("it");',
  words: { brand: 'Sealed & offline' },
  asked: { purchase: { id: '</script>' } },
};
const html = offlineForm(askingDemand(), 'en', sealing);
const data = JSON.parse(/id="form-data">([^<]*)</.exec(html)?.[1] ?? '');

describe('a form with another script', () => {
  it('carries that script alone, what it is to seal for, and words in place of its own', () => {
    expect(html.match(/<script>([^<]*)<\/script>/)?.[1]).toBe(sealing.script);
    expect(data.asked).toEqual(sealing.asked);
    expect(html).toContain('<p class="brand">Sealed &amp; offline</p>');
    expect(data.words).toMatchObject({ brand: 'Sealed & offline', supplier: 'Your organisation' });
  });

  it('is otherwise the form without one', () => {
    const plain = JSON.parse(/id="form-data">([^<]*)</.exec(offlineForm(askingDemand(), 'en'))?.[1] ?? '');
    expect(data.form).toEqual(plain.form);
    expect(plain).not.toHaveProperty('asked');
  });
});
