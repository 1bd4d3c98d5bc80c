import { type Child, h } from './element.ts';
import type { Page } from './page.ts';
import { QUESTIONS, SCALES, shadeOf } from './scales.ts';

/** The values and what they mean, how answers are made, and with which versions. */
export function about(page: Page): Child {
  const { say, value, meaning } = page.words;
  const { engine, codebook, registry, asOf } = page.data;
  return [
    h('p', { class: 'prose' }, say('aboutMade')),
    h(
      'div',
      { class: 'scales' },
      QUESTIONS.map((question) =>
        h(
          'section',
          null,
          h('h3', null, page.words.question(question)),
          h(
            'dl',
            null,
            SCALES[question].map((step) => [
              h(
                'dt',
                null,
                h('span', { class: `swatch shade-${shadeOf(question, step)}`, 'aria-hidden': 'true' }),
                value(question, step),
              ),
              h('dd', null, meaning(question, step)),
            ]),
          ),
        ),
      ),
    ),
    h(
      'dl',
      { class: 'marks' },
      mark('is-unreadable', '', say('notReadable'), say('notReadableMeans')),
      mark('is-machine', '', say('machine'), say('machineMeans')),
      mark('is-confirmed', '✓', say('confirmed'), say('confirmedMeans')),
      mark('is-open', '', say('open'), say('openMeans')),
    ),
    h('p', { class: 'small' }, say('aboutVersions', { engine, codebook, registry, date: page.words.date(asOf) })),
  ];
}

/** A sign used in the report, its name and what it means. */
function mark(look: string, sign: string, name: string, means: string): HTMLElement {
  const swatch = h('span', { class: `swatch ${look}`, 'aria-hidden': 'true' }, sign);
  return h('div', null, h('dt', null, swatch, name), h('dd', null, means));
}
