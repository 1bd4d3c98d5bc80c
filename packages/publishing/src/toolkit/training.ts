import type { Catalogue, Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, heading, item, meta, type Paper, table, text } from '../paper/blocks.ts';
import { toolPaper } from './tool-paper.ts';
import { courseParts, type Part } from './training-parts.ts';

/** The outline of a half-day course for procurement officers: programme, slides, exercises, notes for the trainer. */
export function trainingPaper(catalogue: Catalogue, language: Language): Paper {
  const words = wordsOf('training', language);
  const parts = courseParts(catalogue, language);
  return toolPaper(catalogue, language, {
    name: say(words, 'title'),
    under: say(words, 'under'),
    blocks: [
      text(say(words, 'intro')),
      heading(1, say(words, 'before')),
      item(say(words, 'before-1')),
      item(say(words, 'before-2')),
      heading(1, say(words, 'programme')),
      programme(parts, language),
      ...parts.flatMap(({ title, minutes, form, slides }) =>
        slides.length === 0
          ? []
          : [
              heading(1, title),
              meta(`${minutes} ${wordsOf('units', language).minutes ?? ''} · ${say(words, form)}`),
              ...slides,
            ],
      ),
    ],
  });
}

function programme(parts: readonly Part[], language: Language): Block {
  const words = wordsOf('training', language);
  const total = parts.reduce((sum, { minutes }) => sum + minutes, 0);
  return table(
    [
      { head: say(words, 'part'), width: 60 },
      { head: say(words, 'minutes'), width: 15 },
      { head: say(words, 'form'), width: 25 },
    ],
    [
      ...parts.map(({ title, minutes, form }) => [title, String(minutes), form === 'break' ? '–' : say(words, form)]),
      [say(words, 'total'), String(total), '–'],
    ],
    { together: true },
  );
}
