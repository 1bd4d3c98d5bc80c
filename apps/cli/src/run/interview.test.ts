import { PassThrough } from 'node:stream';
import { loadCatalogue } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { describe, expect, it } from 'vitest';
import { messages } from '../messages.ts';
import { interview } from './interview.ts';

const catalogue = loadCatalogue();
const COMPLETE = ['Mail', '', 'nl', '2', '2', '7', '7', '10', '3', '4', '2', '1', '3', '1', '2', 'n', '', '3'];

async function run(lines: string[], language: 'en' | 'de' = 'en') {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(`${lines.join('\n')}\n`);
  const answers = await interview(catalogue, language, messages(language), { input, output });
  return { answers, screen: String(output.read()) };
}

describe('the interview', () => {
  it('ends in a context that the catalogue takes', async () => {
    const { answers } = await run(COMPLETE);
    expect(contextOf(answers, catalogue)).toMatchObject({
      title: 'Mail',
      country: 'NL',
      sector: 'government',
      kinds: ['service'],
      types: ['email-service'],
      criticality: 'high',
      exposure: 'internet',
      ai: false,
      contractMonths: 48,
    });
  });

  it('asks again for what is no answer, and says so', async () => {
    const { answers, screen } = await run(['Mail', '', 'Netherlands', '99', ...COMPLETE.slice(2)]);
    expect(answers).toMatchObject({ country: 'NL' });
    expect(screen).toContain('That is no answer');
  });

  it('goes back', async () => {
    const { answers } = await run(['Post', '<', ...COMPLETE]);
    expect(answers).toMatchObject({ title: 'Mail' });
  });

  it('takes several numbers, once each', async () => {
    const { answers } = await run([...COMPLETE.slice(0, 4), '1, 2 2', ...COMPLETE.slice(5)]);
    expect(answers).toMatchObject({ kinds: ['product', 'service'] });
  });

  it('is null when the input ends early: nothing is made of half an answer', async () => {
    expect((await run(COMPLETE.slice(0, 9))).answers).toBeNull();
  });

  it('speaks the language, down to the choices', async () => {
    const { screen } = await run(COMPLETE, 'de');
    expect(screen).toContain('Was beschaffen Sie?');
    expect(screen).toContain('Website oder Webanwendung');
  });
});
