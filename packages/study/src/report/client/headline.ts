import type { Headline } from './count.ts';
import type { Words } from './say.ts';

/** The figures in plain words; written into the page before any script runs, and again when the choice changes. */
export function headlineWords(count: Headline, notCollected: number, words: Words): string {
  const { say } = words;
  const sentences = [
    count.unread === 0 ? say('leadAll', { n: count.all }) : say('lead', { n: count.all, read: count.read }),
    say('leadFacts', {
      ict: say('leadIct', { n: count.ict }),
      security: say('leadSecurity', { n: count.security }),
      named: say('leadNamed', { n: count.named }),
      stale: say('leadStale', { n: count.stale }),
    }),
  ];
  if (count.unread > 0) sentences.push(say('leadUnread', { n: count.unread }));
  if (notCollected > 0) sentences.push(say('leadNotCollected', { n: notCollected }));
  return sentences.join(' ');
}
