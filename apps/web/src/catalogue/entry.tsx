import type { ReactNode } from 'react';
import { type CatalogueContent, type RiskEntry, useVocabulary } from '../api/catalogue.ts';
import { Badge, Card, Detail, EmptyState, Facts } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { EntryLinks, Titled } from './entry-links.tsx';
import { OwnFacts } from './own-entry.tsx';
import { RequirementText } from './requirement-text.tsx';
import { useOwn, useWholeCatalogue } from './whole.ts';

/** One entry, whatever it is; links lead to what it hangs together with. */
export function Entry({ id }: { id: string }): ReactNode {
  const t = useWords('catalogue');
  const catalogue = useWholeCatalogue();
  const own = useOwn().rows.find((one) => one.id === id);
  const requirement = catalogue.requirements.find((one) => one.id === id);
  const risk = catalogue.risks.find((one) => one.id === id);
  const standard = catalogue.standards.find((one) => one.id === id);
  const law = catalogue.laws.find((one) => one.id === id);
  return (
    <Detail>
      {requirement ? <RequirementText one={requirement} /> : null}
      {own ? <OwnFacts one={own} /> : null}
      {risk ? <RiskText one={risk} /> : null}
      {standard ? <StandardPart one={standard} /> : null}
      {law ? <LawText one={law} /> : null}
      {requirement || own || risk || standard || law ? null : (
        <EmptyState title={t('unknown')}>
          <p>{t('unknown-text')}</p>
        </EmptyState>
      )}
    </Detail>
  );
}

function RiskText({ one }: { one: RiskEntry }): ReactNode {
  const t = useWords('catalogue');
  const s = useWords('shell');
  const { list } = useFormats();
  const { services, assets, causes } = useVocabulary();
  const named = (ids: readonly string[], terms: readonly { id: string; text: string }[]): string =>
    list(ids.map((id) => terms.find((term) => term.id === id)?.text ?? id));
  return (
    <Card title={<Titled id={one.id} title={one.title} />}>
      <p>{one.threat}</p>
      <Facts
        facts={[
          [t('likelihood'), `${one.likelihood} / 5`],
          [t('impact'), `${one.impact} / 5`],
          [t('basis'), one.basis],
          [t('confidence'), t(`confidence-${one.confidence}`)],
          [t('causes'), named(one.causes, causes)],
          [t('services'), named(one.services, services)],
          [t('assets'), named(one.assets, assets)],
        ]}
      />
      <h3>{t('needs')}</h3>
      <ul className="lines">
        {one.needs.map(({ id, text, from, answers }) => (
          <li key={id} className="stack-tight">
            <span>
              {text} <Badge>{t('from', { rating: s(`rating-${from}`) })}</Badge>
            </span>
            <EntryLinks ids={answers} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function StandardPart({ one }: { one: CatalogueContent['standards'][number] }): ReactNode {
  const t = useWords('catalogue');
  return (
    <Card title={one.title} actions={<Badge>{t(`status-${one.status}`)}</Badge>}>
      <p>{one.what}</p>
      <p>{one.why}</p>
      <Facts
        facts={[
          [t('scope'), one.scope],
          [t('ask'), one.ask],
          [t('how-to-check'), one.howToCheck],
          [t('specifications'), one.specifications.join(', ')],
          [t('status-source'), one.statusSource],
        ]}
      />
      <h3>{t('asked-by')}</h3>
      <EntryLinks ids={[one.requirement]} />
    </Card>
  );
}

function LawText({ one }: { one: CatalogueContent['laws'][number] }): ReactNode {
  const t = useWords('catalogue');
  return (
    <Card title={one.title}>
      <p className="muted">{one.citation}</p>
      <p>{one.note}</p>
      <h3>{t('law-requires')}</h3>
      <ul className="lines">
        {one.requires.map(({ requirement, ref }) => (
          <li key={`${requirement} ${ref}`} className="stack-tight">
            <EntryLinks ids={[requirement]} />
            <span className="muted small">{ref}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
