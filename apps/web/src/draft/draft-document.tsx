import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DocumentView } from 'proviso-server/contract';
import { type ReactNode, useEffect, useMemo } from 'react';
import { keys, useDemand, usePurchase, useTenant } from '../api/index.ts';
import { ButtonAnchor, Notice, PageHeader, ProblemNotice, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { type MarkedBlock, markedBlocks } from '../library/margin.ts';
import { useAddress, usePurchaseId } from '../shell/index.ts';
import { type Finding, useAccepted } from './accepted.ts';
import { FindingNote } from './finding-note.tsx';
import '../library/library.css';
import './draft.css';

const WHILE_READING = 2_500;
const LEVELS = ['error', 'warning', 'note'] as const;

/** One draft: its text as it is, with the linter's notes beside the words they are about. */
export function DraftDocument({ id }: { id: string }): ReactNode {
  const t = useWords('draft');
  const tenant = useTenant();
  const view = usePurchase(usePurchaseId());
  const client = useQueryClient();
  const { data } = useSuspenseQuery({
    queryKey: keys.list(tenant.id, 'documents', id),
    queryFn: ({ signal }) => tenant.api.get<DocumentView>(`/documents/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.document.read === false ? WHILE_READING : false),
  });
  const { document, reading, text } = data;
  const purchase = view.purchase.id;
  useEffect(() => {
    if (document.read) void client.invalidateQueries({ queryKey: keys.part(tenant.id, purchase, 'documents') });
  }, [document.read, client, tenant.id, purchase]);
  const link = (path: string): string => tenant.api.address(`/documents/${id}/${path}`);
  return (
    <>
      <p className="screen-only">
        <Link to="/t/$tenant/purchases/$purchase/draft" params={{ tenant: tenant.id, purchase }}>
          {t('all')}
        </Link>
      </p>
      <PageHeader
        title={document.name}
        actions={
          document.format === 'docx' && document.read ? (
            <>
              <ButtonAnchor look="primary" href={link('commented')} download>
                {t('download-comments')}
              </ButtonAnchor>
              <ButtonAnchor href={link('commented?suggest=true')} download>
                {t('download-clauses')}
              </ButtonAnchor>
            </>
          ) : (
            <ButtonAnchor href={link('file')} download={document.name}>
              {t('download')}
            </ButtonAnchor>
          )
        }
      />
      <div className="stack">
        {document.read ? null : (
          <Notice title={t('being-read')}>
            <p>{t('being-read-text')}</p>
          </Notice>
        )}
        {reading?.problems.map(({ code, message }) => (
          <Notice key={code} tone="warn">
            <p>{message}</p>
          </Notice>
        ))}
        {document.read && text !== null ? <Noted data={data} view={view} /> : null}
      </div>
    </>
  );
}

function Noted({ data, view }: { data: DocumentView; view: ReturnType<typeof usePurchase> }): ReactNode {
  const t = useWords('draft');
  const [level, setLevel] = useAddress('level');
  const accepted = useAccepted(view, data.document.id);
  const demand = useDemand(view.purchase.id);
  const findings: Finding[] = useMemo(
    () => data.findings.filter((one) => level === '' || one.level === level),
    [data.findings, level],
  );
  const blocks = useMemo(() => markedBlocks({ ...data, findings }), [data, findings]);
  const placed = new Set(blocks.flatMap(({ notes }) => notes));
  const note = (finding: Finding, key: number): ReactNode => (
    <FindingNote
      key={key}
      id={`note-${key}`}
      finding={finding}
      clause={finding.requirement ? (demand?.words.requirements[finding.requirement]?.clause ?? null) : null}
      acceptedBy={accepted.by(finding)}
      onAccept={accepted.mayAccept ? () => accepted.toggle.mutate(finding) : undefined}
    />
  );
  const general = findings.map((finding, i) => [finding, i] as const).filter(([, i]) => !placed.has(i));
  return (
    <>
      <div className="spread">
        <p>{data.findings.length === 0 ? t('no-findings') : t('findings', { n: data.findings.length })}</p>
        {data.findings.length === 0 ? null : (
          <Select
            label={t('show')}
            narrow
            value={level}
            onChange={setLevel}
            empty={t('all-levels')}
            options={LEVELS.map((one) => ({
              id: one,
              text: `${t(`level-${one}`)} (${data.findings.filter((each) => each.level === one).length})`,
            }))}
          />
        )}
      </div>
      <ProblemNotice error={accepted.toggle.error} />
      {general.length > 0 ? (
        <section className="stack-tight prose" aria-label={t('general')}>
          <h2>{t('general')}</h2>
          {general.map(([finding, i]) => note(finding, i))}
        </section>
      ) : null}
      <div className="margin-text draft-text" lang={data.document.language ?? undefined}>
        {blocks.map((block) => (
          <div key={block.key} className="margin-row">
            <Block block={block} />
            {block.notes.length === 0 ? null : (
              <div className="margin-notes">{block.notes.map((i) => (findings[i] ? note(findings[i], i) : null))}</div>
            )}
          </div>
        ))}
      </div>
    </>
  );
}

/** A block's words; those a note is about lead to it. */
function Block({ block }: { block: MarkedBlock }): ReactNode {
  return (
    <div className={block.kind === 'heading' ? 'margin-block is-heading' : `margin-block is-${block.kind}`}>
      {block.runs.map(({ text, findings }, i) => {
        const [first] = findings;
        // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a block never change places.
        return first === undefined ? <span key={i}>{text}</span> : <mark key={i}>{text}</mark>;
      })}
    </div>
  );
}
