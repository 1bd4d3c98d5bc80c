import { loadCatalogue } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { contextOf, documentOf } from '../testing/document.ts';
import { CatalogueWords, lintDocument } from './lint-document.ts';

const words = new CatalogueWords(loadCatalogue());

/** The modality in which each name stands, when the buyer says that the text is a tender. */
function asked(text: string, language = 'en', isTender = true): string[] {
  const context = contextOf({ country: 'NL' });
  const { reading } = lintDocument(documentOf(text, language), { ...context, isTender }, words);
  return reading.findings.filter(({ rule }) => rule === 'standards/deprecated-protocol').map(({ text: name }) => name);
}

describe('a document read as a tender', () => {
  it.each([
    ['en', 'Files are exchanged over Telnet every night.'],
    ['fr', "La télémaintenance s'effectue par Telnet depuis le poste de contrôle."],
    ['nl', 'Het beheer op afstand geschiedt via Telnet vanaf de werkplek.'],
    ['de', 'Die Fernwartung erfolgt per Telnet vom Arbeitsplatz aus.'],
  ])('obliges in the present tense, in %s', (language, text) => {
    expect(asked(text, language)).toEqual(['Telnet']);
  });

  it('obliges no more than it says where nobody says it is a tender', () => {
    expect(asked('Files are exchanged over Telnet every night.', 'en', false)).toEqual([]);
  });

  it.each([
    ['what there is already', 'Files are currently exchanged over Telnet.'],
    ['what is out', 'Telnet is not permitted.'],
    ['a line without a full stop', 'File exchange and Telnet'],
  ])('asks nothing with %s', (_, text) => {
    expect(asked(text)).toEqual([]);
  });
});
