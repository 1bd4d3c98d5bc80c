import type { ReactNode } from 'react';
import { type RequirementEntry, useCatalogue } from '../api/catalogue.ts';
import { Badge, Card, Facts, Fold } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { EntryLinks, Titled } from './entry-links.tsx';

const LEVELS = ['basic', 'standard', 'advanced'] as const;

/** A requirement of the catalogue with all that goes with it. */
export function RequirementText({ one }: { one: RequirementEntry }): ReactNode {
  const t = useWords('catalogue');
  const s = useWords('shell');
  const { list } = useFormats();
  const { sources } = useCatalogue();
  const isOwn = one.origin.kind === 'own';
  return (
    <>
      <Card
        title={<Titled id={one.id} title={one.title} />}
        actions={
          <span className="row">
            {isOwn ? <Badge tone="accent">{t('own-badge')}</Badge> : null}
            {one.retired === null ? null : (
              <Badge>{isOwn ? t('own-retired') : t('retired', { edition: one.retired })}</Badge>
            )}
            {one.knockout ? <Badge tone="warn">{t('knockout')}</Badge> : null}
          </span>
        }
      >
        <p>{one.why}</p>
        <Facts
          facts={[
            ...LEVELS.map((level) => [s(`level-${level}`), one.sentences[level]] as const),
            [t('applies'), list(one.applies.map((kind) => t(`applies-${kind}`)))],
            [t('burden'), t(`burden-${one.burden}`)],
            ...(isOwn
              ? [[t('origin'), t('origin-own')] as const]
              : [
                  [t('origin'), `${t(`origin-${one.origin.kind}`)}: ${one.origin.source}`] as const,
                  [t('confidence'), t(`confidence-${one.origin.confidence}`)] as const,
                ]),
          ]}
        />
        {one.draft ? <p className="muted small">{t('draft')}</p> : null}
      </Card>
      {one.risks.length > 0 ? (
        <Card title={t('answers-risks')} level={3}>
          <EntryLinks ids={one.risks} />
        </Card>
      ) : null}
      {one.standards.length > 0 ? (
        <Card title={t('standards')} level={3}>
          <EntryLinks ids={one.standards} />
        </Card>
      ) : null}
      <Fold title={t('question')}>
        <p>{one.question}</p>
        <ul className="lines">
          {one.choices.map(({ text, meets }) => (
            <li key={text} className="spread">
              <span>{text}</span>
              <Badge>{LEVELS.some((level) => level === meets) ? s(`level-${meets}`) : t(`meets-${meets}`)}</Badge>
            </li>
          ))}
        </ul>
      </Fold>
      <Fold title={t('evidence')}>
        <ul className="lines">
          {one.evidence.map(({ type, text }) => (
            <li key={`${type} ${text}`}>{text}</li>
          ))}
          {one.checks.map(({ id, title }) => (
            <li key={id}>
              {t('check')}: {title}
            </li>
          ))}
        </ul>
      </Fold>
      <Fold title={t('clause')}>
        <p>{one.clause}</p>
        <p>{one.remedy}</p>
        <p className="muted">{one.acceptance}</p>
        {one.exit === null ? null : <p>{one.exit}</p>}
      </Fold>
      {one.crosswalk.length > 0 ? (
        <Fold title={t('crosswalk')}>
          <ul className="stack-tight">
            {one.crosswalk.map(({ source, ref, relation }) => {
              const found = sources.find(({ id }) => id === source);
              return (
                <li key={`${source} ${ref}`}>
                  {found ? <a href={found.url}>{found.title}</a> : source}: {ref}{' '}
                  <span className="muted small">({t(`relation-${relation}`)})</span>
                </li>
              );
            })}
          </ul>
        </Fold>
      ) : null}
    </>
  );
}
