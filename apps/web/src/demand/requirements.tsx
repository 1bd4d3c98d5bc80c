import type { Demanded } from '@proviso/catalogue';
import { Link } from '@tanstack/react-router';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useVocabulary } from '../api/catalogue.ts';
import { useTenant } from '../api/index.ts';
import { Badge, Card, EmptyState, Field, Fold, Select } from '../design/index.ts';
import { useFormats, useLanguage, useWords } from '../i18n/index.ts';
import { useAddress, usePathPart } from '../shell/index.ts';
import { exclusionText } from './exclusion.ts';
import { remarksOn, useAnswers } from './remarks.tsx';
import { RequirementDetail } from './requirement-detail.tsx';

/** The requirements by domain, with the one that is looked at beside them. */
export function Requirements(props: { view: PurchaseView; demand: DemandView; mayEdit: boolean }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { domains } = useVocabulary();
  const selected = usePathPart('requirement');
  const [text, setText] = useAddress('q');
  const [level, setLevel] = useAddress('level');
  const { view, demand, mayEdit } = props;
  const { requirements } = demand.file.demand;
  const wanted = text.toLowerCase();
  const shown = requirements.filter(
    (one) =>
      (level === '' || (level === 'knockout' ? one.knockout : one.level === level)) &&
      `${one.id} ${demand.words.requirements[one.id]?.title} ${demand.words.requirements[one.id]?.sentence}`
        .toLowerCase()
        .includes(wanted),
  );
  const one = requirements.find(({ id }) => id === selected);
  const remarks = remarksOn(useAnswers(view));
  return (
    <div className="demand-columns">
      <div className="stack">
        <div className="grid screen-only">
          <Field label={t('find')} type="search" optional value={text} onChange={setText} />
          <Select
            label={t('level')}
            value={level}
            onChange={setLevel}
            empty={t('all')}
            options={[
              ...(['basic', 'standard', 'advanced'] as const).map((id) => ({ id, text: s(`level-${id}`) })),
              { id: 'knockout', text: t('knockout') },
            ]}
          />
        </div>
        {shown.length === 0 ? (
          <EmptyState title={t('find-none')}>
            <p>{t('find-none-text')}</p>
          </EmptyState>
        ) : null}
        {domains.map(({ id, text: title }) => (
          <Domain
            key={id}
            title={title}
            lines={shown.filter((each) => each.id.startsWith(`${id}-`))}
            demand={demand}
            purchase={view.purchase.id}
            selected={selected}
            remarks={remarks}
          />
        ))}
        <Excluded demand={demand} />
      </div>
      <div>
        {one ? (
          <RequirementDetail key={one.id} one={one} view={view} demand={demand} mayEdit={mayEdit} />
        ) : (
          <Card>
            <p className="muted">{t('choose-one')}</p>
          </Card>
        )}
      </div>
    </div>
  );
}

function Domain(props: {
  title: string;
  lines: readonly Demanded[];
  demand: DemandView;
  purchase: string;
  selected: string;
  /** Of suppliers, by requirement. */
  remarks: ReadonlyMap<string, number>;
}): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const formats = useFormats();
  const { id: tenant } = useTenant();
  if (props.lines.length === 0) return null;
  return (
    <section className="stack-tight">
      <h2 className="domain">{props.title}</h2>
      <ul className="lines">
        {props.lines.map(({ id, level, weight, knockout, departures }) => (
          <li key={id} className="demand-line">
            <Link
              to="/t/$tenant/purchases/$purchase/demand/$requirement"
              params={{ tenant, purchase: props.purchase, requirement: id }}
              search={(all: object) => all as never}
              aria-current={id === props.selected ? 'true' : undefined}
              resetScroll={false}
            >
              <span className="mono small">{id}</span> {props.demand.words.requirements[id]?.title}
            </Link>
            <span className="row">
              {props.remarks.has(id) ? (
                <Badge tone="accent">{t('remarks', { n: props.remarks.get(id) ?? 0 })}</Badge>
              ) : null}
              {knockout ? <Badge tone="warn">{t('knockout')}</Badge> : null}
              {departures.length > 0 ? <Badge tone="accent">{t('departed')}</Badge> : null}
              <Badge>{s(`level-${level}`)}</Badge>
              <span className="number small muted">{formats.percent(weight / 1000)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is not asked, and why not: as much of a decision as what is. */
function Excluded({ demand }: { demand: DemandView }): ReactNode {
  const { types } = useVocabulary();
  const t = useWords('demand');
  const s = useWords('shell');
  const { language } = useLanguage();
  const { excluded } = demand.file.demand;
  const titles = new Map(demand.file.catalogue.requirements.map(({ id, title }) => [id, title[language]]));
  return (
    <Fold title={t('excluded', { n: excluded.length })}>
      <ul className="lines small">
        {excluded.map(({ id, exclusion }) => (
          <li key={id}>
            <span className="mono">{id}</span> {titles.get(id)}
            <br />
            <span className="muted">
              {exclusionText(exclusion, {
                t,
                s,
                riskOf: (risk) => demand.words.risks[risk]?.title ?? risk,
                typeOf: (type) => types.find(({ id: one }) => one === type)?.text ?? type,
              })}
            </span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
