import { useQuery } from '@tanstack/react-query';
import type { LibraryFigures } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { ButtonAnchor, Card, Field, Fold, Notice, ProblemNotice, Select } from '../design/index.ts';
import { useFormats, useLanguage, useWords } from '../i18n/index.ts';
import { useAddress } from '../shell/index.ts';

/** Counting takes longer the more there are. */
const againAfter = (all: number): number => Math.max(5_000, all * 6);
/** More than these make a file that a browser opens slowly. */
const MANY = 2_000;

/** All documents, or those that are chosen, as one report to download; what it says first stands here. */
export function Report(): ReactNode {
  const t = useWords('library');
  const tenant = useTenant();
  const { language: own } = useLanguage();
  const [purchase, setPurchase] = useAddress('purchase');
  const [language, setLanguage] = useAddress('language');
  const [from, setFrom] = useAddress('from');
  const [to, setTo] = useAddress('to');
  const chosen = Object.entries({ purchase, language, from, to }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(chosen);
  const { data, error } = useQuery({
    queryKey: keys.list(tenant.id, 'documents', 'figures', query.toString()),
    queryFn: ({ signal }) => tenant.api.get<LibraryFigures>(`/library/figures?${query}`, { signal }),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.waiting ? againAfter(state.data.all) : false),
  });
  // Of an organisation without documents there is nothing to report; the list below says how they come.
  if ((!data && !error) || (data?.all === 0 && chosen.length === 0)) return null;
  const address = `/library/report.html?${new URLSearchParams([...chosen, ['in', own]])}`;
  return (
    <Card
      title={t('report')}
      actions={
        data && data.all > 0 ? (
          <ButtonAnchor href={tenant.api.address(address)} download>
            {t('report-download')}
          </ButtonAnchor>
        ) : null
      }
    >
      <p className="muted">{t('report-text')}</p>
      <Fold title={t('report-choose')} open={chosen.length > 0}>
        <div className="grid">
          <Select
            label={t('report-purchase')}
            empty={t('report-any')}
            value={purchase}
            onChange={setPurchase}
            options={(data?.purchases ?? []).map(({ id, title }) => ({ id, text: title }))}
          />
          <Select
            label={t('report-language')}
            empty={t('report-any')}
            value={language}
            onChange={setLanguage}
            options={(data?.languages ?? []).map((one) => ({ id: one, text: nameOf(one, own) }))}
          />
          <Field label={t('report-from')} type="date" optional value={from} onChange={setFrom} />
          <Field label={t('report-to')} type="date" optional value={to} onChange={setTo} />
        </div>
      </Fold>
      {error ? <ProblemNotice error={error} /> : null}
      {data && !error ? <Figures figures={data} /> : null}
    </Card>
  );
}

function nameOf(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function Figures({ figures }: { figures: LibraryFigures }): ReactNode {
  const t = useWords('library');
  const formats = useFormats();
  const { all, read, ict, security, named, stale, unread, waiting, same, judged, standards } = figures;
  if (all === 0) return <p>{t('report-none')}</p>;
  return (
    <>
      <p>{t('report-read', { n: all, read: formats.number(read) })}</p>
      <Bars
        label={t('report-figures')}
        of={read}
        bars={[
          [t('report-ict'), ict],
          [t('report-security'), security],
          [t('report-named'), named],
          [t('report-stale'), stale],
        ]}
      />
      {standards.length > 0 ? (
        <>
          <h3>{t('report-standards')}</h3>
          <Bars
            label={t('report-standards')}
            of={read}
            bars={standards.map(({ id, documents, demanded }) => [
              id,
              documents,
              t('report-demanded', { n: formats.number(demanded) }),
            ])}
          />
        </>
      ) : null}
      {judged && judged.from !== judged.to ? (
        <p className="muted small">
          {t('report-judged', {
            from: formats.day(`${judged.from}T12:00:00Z`),
            to: formats.day(`${judged.to}T12:00:00Z`),
          })}
        </p>
      ) : null}
      {waiting > 0 ? <p className="muted small">{t('report-waiting', { n: waiting })}</p> : null}
      {unread > waiting ? <p className="muted small">{t('report-unread', { n: unread - waiting })}</p> : null}
      {same > 0 ? <p className="muted small">{t('report-same', { n: same })}</p> : null}
      {all + same > MANY ? <Notice title={t('report-large')} /> : null}
    </>
  );
}

/** A bar for each count, of what all could be; the numbers stand in words beside it. */
function Bars(props: { label: string; of: number; bars: readonly (readonly [string, number, string?])[] }): ReactNode {
  const formats = useFormats();
  const t = useWords('library');
  return (
    <ul className="report-bars" aria-label={props.label}>
      {props.bars.map(([name, count, more]) => (
        <li key={name}>
          <span className="file-name">{name}</span>
          <span className="report-bar" aria-hidden="true">
            <span style={{ width: `${props.of === 0 ? 0 : (100 * count) / props.of}%` }} />
          </span>
          <span className="small">
            {t('report-of', { n: formats.number(count), of: formats.number(props.of) })}
            {more === undefined ? null : <span className="muted"> · {more}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
