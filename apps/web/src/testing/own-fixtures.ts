import { type Catalogue, diffCatalogues, type Language, requirementIn, riskIn } from '@proviso/catalogue';
import { readOwnEntry, withOwn } from '@proviso/catalogue/check';
import { entry, kept, spoken } from '@proviso/catalogue/testing/own-entries';
import type { Edition, EditionDiff, OwnPreview, OwnView } from 'proviso-server/contract';
import { NOW } from './fixture-rows.ts';

/** What people wrote themselves: no markup gets past the server, so that a formula is the worst of it. */
const TITLE = "=cmd|'/c calc'!A1 & logs stay here";

/** An organisation with an own requirement, one that is retired and one that fits no more; or with none. */
export function ownFixtures(catalogue: Catalogue, empty: boolean) {
  const own = entry({ risks: ['RSK-02'] }, { en: { ...spoken(), title: TITLE } });
  const rows = empty
    ? []
    : [
        kept(own, { version: 3 }),
        kept(entry({ risks: ['RSK-12'] }), { id: 'OWN-02', retired: '2026-11-01' }),
        kept(entry({ risks: ['RSK-99'] }), { id: 'OWN-03' }),
      ];
  const whole = withOwn(catalogue, rows);
  const before = structuredClone(whole.catalogue);
  before.edition.edition = '2025.1';
  const [first, second] = before.requirements;
  if (first) first.title.en = `Formerly ${TITLE}`;
  if (second) second.knockout = !second.knockout;
  before.requirements.splice(2, 1);
  const edition = (hash: string, name: string, more: Partial<Edition>): Edition => ({
    hash: hash.repeat(64),
    edition: name,
    today: false,
    bare: false,
    demands: 0,
    ...more,
  });
  return {
    own: (language: Language): OwnView => ({
      edition: { edition: whole.catalogue.edition.edition, hash: whole.catalogue.hash },
      rows: rows.map(({ id, version, retired, entry: written }) => {
        const found = whole.catalogue.requirements.find((one) => one.id === id);
        return {
          id,
          version,
          retired: retired !== null,
          entry: written as OwnView['rows'][number]['entry'],
          by: 'Sven <b>Security</b>',
          at: NOW,
          words: found ? requirementIn(found, whole.catalogue, language) : null,
          faults: whole.faults
            .filter((one) => one.id === id)
            .map(({ where, code, message }) => ({ where, code, message: `There is no ${message}.` })),
        };
      }),
      risks: whole.catalogue.risks.filter((one) => !catalogue.risks.includes(one)).map((one) => riskIn(one, language)),
    }),
    ownPreview({ entry: written }: { entry: unknown }): OwnPreview {
      const read = readOwnEntry(written);
      if ('faults' in read) return { words: null, faults: read.faults };
      const { catalogue: tried, faults } = withOwn(catalogue, [kept(written)]);
      const found = tried.requirements.find(({ id }) => id === 'OWN-01');
      return { words: found ? requirementIn(found, tried, 'en') : null, faults };
    },
    editions: empty
      ? [edition('a', '2026.1', { today: true, bare: true })]
      : [
          edition('a', '2026.1+own.5', { today: true }),
          edition('b', '2026.1', { bare: true }),
          edition('c', '2025.1', { demands: 2 }),
        ],
    editionDiff: (language: Language): EditionDiff => ({
      diff: diffCatalogues(before, whole.catalogue, language),
      titles: Object.fromEntries(whole.catalogue.requirements.map(({ id, title }) => [id, title[language]])),
    }),
  };
}
