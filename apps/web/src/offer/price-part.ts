import { h, type TitledPart } from '@proviso/publishing/form-client';
import { centsOf } from './amount.ts';
import type { SealingPage } from './offer-page.ts';

export interface PricePart extends TitledPart {
  /** Shows what is missing and goes there; false where something is. */
  complete(): boolean;
}

/** The price, and the lot where there are several. */
export function pricePart(page: SealingPage): PricePart {
  const { say, formats, view } = page;
  const { lots } = view.purchase;
  const asks = view.price.asked;
  let asked = false;
  const lotFault = h('p', { class: 'problem', id: 'lot-fault' });
  const lot = h(
    'select',
    {
      id: 'lot',
      'aria-required': 'true',
      'aria-describedby': 'lot-fault',
      onchange: () => page.change({ lot: lot.value || null }),
    },
    h('option', { value: '' }, say('lot-choose')),
    lots.map(({ id, title }) => h('option', { value: id }, title)),
  );
  const fault = h('p', { class: 'problem', id: 'price-fault' });
  const read = h('p', { class: 'small', id: 'price-read' });
  const price = h('input', {
    type: 'text',
    id: 'price',
    inputmode: 'decimal',
    autocomplete: 'off',
    maxlength: 40,
    'aria-required': 'true',
    'aria-describedby': 'price-help price-read price-fault',
    oninput: () => page.change({ price: price.value }),
    onchange: () => page.change({ price: price.value }),
  });
  const element = h(
    'section',
    { class: 'section', id: 'price-part', 'aria-labelledby': 'price-part-title' },
    h('h2', { id: 'price-part-title', tabindex: -1 }, say(asks ? 'price-title' : 'lot')),
    asks && h('p', { class: 'prose' }, view.price.apart ? say('price-apart') : say('price-together')),
    lots.length > 1 && h('div', { class: 'field is-wide' }, h('label', { for: 'lot' }, say('lot')), lot, lotFault),
    asks &&
      h(
        'div',
        { class: 'field is-wide' },
        h('label', { for: 'price' }, say('price')),
        h('p', { class: 'help', id: 'price-help' }, say('price-help', { example: formats.money(1_250_000) })),
        price,
        read,
        fault,
      ),
  );
  const mark = (field: HTMLElement, where: HTMLElement, text: string): void => {
    if (where.textContent !== text) where.textContent = text;
    field.setAttribute('aria-invalid', String(text !== ''));
  };
  const sync = (): void => {
    const { rest } = page;
    if (price.value !== rest.price) price.value = rest.price;
    lot.value = rest.lot ?? '';
    const cents = centsOf(rest.price);
    read.textContent = cents === null ? '' : say('counted-as', { value: formats.money(cents) });
    const written = rest.price.trim() !== '';
    mark(price, fault, !asked || cents !== null ? '' : written ? say('price-fault') : say('fault-missing'));
    mark(lot, lotFault, asked && rest.lot === null ? say('fault-missing') : '');
  };
  return {
    id: 'price-part',
    title: say(asks ? 'price-title' : 'lot'),
    element,
    sync,
    complete: () => {
      asked = true;
      sync();
      const open = page.rest.lot === null ? lot : asks && centsOf(page.rest.price) === null ? price : null;
      open?.focus();
      return open === null;
    },
  };
}
