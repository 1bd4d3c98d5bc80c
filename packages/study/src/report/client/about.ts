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
      h('dt', null, h('span', { class: 'swatch is-unreadable', 'aria-hidden': 'true' }), say('notReadable')),
      h('dd', null, say('notReadableMeans')),
      h('dt', null, h('span', { class: 'swatch is-machine', 'aria-hidden': 'true' }), say('machine')),
      h('dd', null, say('machineMeans')),
      h('dt', null, h('span', { class: 'swatch is-confirmed', 'aria-hidden': 'true' }, '✓'), say('confirmed')),
      h('dd', null, say('confirmedMeans')),
      h('dt', null, h('span', { class: 'swatch is-open', 'aria-hidden': 'true' }), say('open')),
      h('dd', null, say('openMeans')),
    ),
    h('p', { class: 'small' }, say('aboutVersions', { engine, codebook, registry, date: page.words.date(asOf) })),
  ];
}
