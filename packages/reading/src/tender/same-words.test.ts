import { expect, test } from 'vitest';
import { sameWords } from './same-words.ts';
import { loadTenderWords } from './tender-words.ts';

const SAME = { least: 2, share: 0.5 };

test.each([
  ['en', 'The supplier must provide a software bill of materials.', 'A software bill of materials is provided.', true],
  ['en', 'The supplier must keep logs within 30 days.', 'The supplier must pay invoices within 30 days.', false],
  [
    'de',
    'Kritische Sicherheitsupdates werden eingespielt.',
    'Der Auftragnehmer hat kritische Sicherheitsupdates einzuspielen.',
    true,
  ],
  ['fr', 'Le titulaire conserve les journaux de sécurité.', 'Les journaux de sécurité sont conservés.', true],
  ['nl', 'De leverancier moet wachtwoorden wijzigen.', 'De leverancier moet back-ups maken.', false],
] as const)('%s: "%s" and "%s": %s', (language, a, b, same) => {
  expect(sameWords(a, b, SAME, loadTenderWords(language).common)).toBe(same);
});

test('clauses of common words alone say nothing of one another', () => {
  expect(sameWords('The supplier must', 'The supplier must', SAME, loadTenderWords('en').common)).toBe(false);
});
