import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, UnreadableError } from '../reader.ts';
import type { XmlHandler } from './xml.ts';
import { Enough, parseXml } from './xml.ts';

const PREFIXES = new Map([
  ['urn:one', 'one'],
  ['urn:one:strict', 'one'],
  ['urn:two', 'two'],
]);

function recorder(skip = ''): { handler: XmlHandler; events: string[] } {
  const events: string[] = [];
  return {
    events,
    handler: {
      open: (name, attributes) => {
        const shown = Object.entries(attributes).filter(([key]) => !key.startsWith('xmlns'));
        events.push(`<${name}${shown.map(([key, value]) => ` ${key}=${value}`).join('')}`);
        return name !== skip;
      },
      close: (name) => events.push(`>${name}`),
      text: (text) => events.push(text),
    },
  };
}

const bytes = (text: string): Uint8Array[] => [new TextEncoder().encode(text)];

async function events(xml: string | Uint8Array[], skip = ''): Promise<string> {
  const { handler, events: seen } = recorder(skip);
  await parseXml(typeof xml === 'string' ? bytes(xml) : xml, handler, PREFIXES, DEFAULT_LIMITS);
  return seen.join(' ');
}

describe('parseXml', () => {
  it.each([
    ['<w:a xmlns:w="urn:one" w:b="1" c="2"/>', '<one:a one:b=1 c=2 >one:a'],
    ['<a xmlns="urn:one:strict" b="1"><c/></a>', '<one:a b=1 <one:c >one:c >one:a'],
    ['<one:a xmlns:one="urn:two" one:b="1"/>', '<two:a two:b=1 >two:a'],
    [
      '<x xmlns:q="urn:one"><q:a/><y xmlns:q="urn:two"><q:a/></y><q:a/></x>',
      '<x <one:a >one:a <y <two:a >two:a >y <one:a >one:a >x',
    ],
    ['<o:a xmlns:o="urn:other"/>', '<o:a >o:a'],
    ['<a>1 &lt; 2 &amp; &#233;<![CDATA[<b>]]></a>', '<a 1 < 2 & é <b> >a'],
  ])('gives names by their namespace: %s', async (xml, expected) => {
    expect(await events(xml)).toBe(expected);
  });

  it('leaves out what the handler does not want', async () => {
    expect(await events('<a><b><c>x</c></b><d>y</d></a>', 'b')).toBe('<a <b <d y >d >a');
  });

  it.each(['utf16le', 'utf-8 bom'])('reads %s', async (encoding) => {
    const xml = '\ufeff<a>é</a>';
    const data = encoding === 'utf16le' ? Buffer.from(xml, 'utf16le') : Buffer.from(xml);
    expect(await events([data])).toBe('<a é >a');
  });

  it('does not care where the pieces of the part are cut', async () => {
    const xml = '<w:a xmlns:w="urn:one" w:b="é&amp;"><w:c>日本 text &lt;</w:c><!-- x --><w:d/></w:a>';
    const whole = (await events(xml)).replaceAll(' ', '');
    const raw = new TextEncoder().encode(xml);
    await fc.assert(
      fc.asyncProperty(fc.nat(raw.length), async (cut) => {
        expect((await events([raw.subarray(0, cut), raw.subarray(cut)])).replaceAll(' ', '')).toBe(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('closes what a broken part leaves open and says that it is damaged', async () => {
    const { handler, events: seen } = recorder();
    const outcome = await parseXml(bytes('<a><b>text</b><c>more <d'), handler, PREFIXES, DEFAULT_LIMITS);
    expect(outcome.damaged).toBe(true);
    expect(seen.slice(0, 4)).toEqual(['<a', '<b', 'text', '>b']);
    expect(seen.slice(-2)).toEqual(['>c', '>a']);
  });

  it('ends in order when the handler has enough', async () => {
    const { handler, events: seen } = recorder();
    const stopping = {
      ...handler,
      text: (): void => {
        throw new Enough();
      },
    };
    await parseXml(bytes('<a><b>x</b><c/></a>'), stopping, PREFIXES, DEFAULT_LIMITS);
    expect(seen).toEqual(['<a', '<b', '>b', '>a']);
  });

  it('expands no entities', async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const xml = `<!DOCTYPE a [<!ENTITY l0 "lol">${lines.join('')}]><a>&l9;</a>`;
    expect(await events(xml)).toBe('<a &l9; >a');
  });

  it('refuses nesting without end', async () => {
    const deep = `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`;
    await expect(events(deep)).rejects.toThrow(UnreadableError);
  });

  it('drops the excess of a text without end', async () => {
    const piece = new TextEncoder().encode('x'.repeat(100_000));
    const source = function* (): Generator<Uint8Array> {
      yield new TextEncoder().encode('<a>');
      for (let count = 0; count < 100; count++) yield piece;
      yield new TextEncoder().encode('</a>');
    };
    const { handler, events: seen } = recorder();
    const outcome = await parseXml(source(), handler, PREFIXES, { maxDepth: 10, maxChars: 1_000_000 });
    expect(outcome).toEqual({ damaged: false, cut: true });
    expect(seen.join('').length).toBeLessThan(1_200_000);
  });
});
