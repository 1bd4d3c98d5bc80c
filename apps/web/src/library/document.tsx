import { useSuspenseQuery } from '@tanstack/react-query';
import type { DocumentView } from 'proviso-server/contract';
import { type ReactNode, useMemo } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { Badge, ButtonAnchor, ButtonLink, Facts, Notice, PageHeader, type Tone } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { type MarkedBlock, markedBlocks, unplaced } from './margin.ts';

const TONES: Readonly<Record<string, Tone>> = { error: 'bad', warning: 'warn', note: 'neutral' };
const WHILE_READING = 2_000;

/** One document as it was read: its text, with what was found in the margin. */
export function DocumentPage({ id }: { id: string }): ReactNode {
  const t = useWords('library');
  const formats = useFormats();
  const tenant = useTenant();
  const { data: view } = useSuspenseQuery({
    queryKey: keys.list(tenant.id, 'documents', id),
    queryFn: ({ signal }) => tenant.api.get<DocumentView>(`/documents/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.document.read === false ? WHILE_READING : false),
  });
  const { document, reading } = view;
  const isWord = document.format === 'docx';
  return (
    <>
      <PageHeader
        title={document.name}
        actions={
          <>
            <ButtonAnchor href={tenant.api.address(`/documents/${id}/file`)} download={document.name}>
              {t('download')}
            </ButtonAnchor>
            {isWord && document.read ? (
              <ButtonAnchor href={tenant.api.address(`/documents/${id}/commented?suggest=true`)} download>
                {t('download-commented')}
              </ButtonAnchor>
            ) : null}
            <ButtonLink to="/t/$tenant/library" params={{ tenant: tenant.id }}>
              {t('all')}
            </ButtonLink>
          </>
        }
      />
      <div className="stack">
        <Facts
          facts={[
            [t('added'), formats.moment(document.at)],
            [t('size'), formats.bytes(document.bytes)],
            ...(reading
              ? [
                  [t('scope'), answer(t, 'scope', reading.scope?.value)] as const,
                  [t('security'), answer(t, 'security', reading.security?.value)] as const,
                  [t('standards'), answer(t, 'standards', reading.standards?.value)] as const,
                ]
              : []),
          ]}
        />
        {document.read ? null : <Notice title={t('being-read-title')}>{t('being-read-text')}</Notice>}
        {reading?.problems.map((problem) => (
          <Notice key={problem.code} tone="warn" title={problem.message} />
        ))}
        {document.read && view.text === null ? <Notice tone="warn" title={t('no-text')} /> : null}
        {view.text === null ? null : <MarginText view={view} />}
      </div>
    </>
  );
}

function answer(t: (id: string) => string, scale: string, value: string | null | undefined): string {
  return value ? t(`${scale}-${value}`) : t('unreadable');
}

function MarginText({ view }: { view: DocumentView }): ReactNode {
  const t = useWords('library');
  const blocks = useMemo(() => markedBlocks(view), [view]);
  const others = useMemo(() => unplaced(view), [view]);
  return (
    <section className="stack" aria-label={t('text-label')}>
      <p>{t('findings', { n: view.findings.length })}</p>
      {others.map(({ finding, index }) => (
        <Note key={index} finding={finding} />
      ))}
      <div className="margin-text" lang={view.document.language ?? undefined}>
        {blocks.map((block) => (
          <div key={block.key} className="margin-row">
            <Block block={block} />
            <div className="margin-notes">
              {block.notes.map((index) => {
                const finding = view.findings[index];
                return finding ? <Note key={index} finding={finding} /> : null;
              })}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

function Block({ block }: { block: MarkedBlock }): ReactNode {
  return (
    <p className={block.kind === 'heading' ? 'margin-block is-heading' : 'margin-block'}>
      {block.runs.map((run, i) => {
        const key = `${i} ${run.text.length}`;
        return run.findings.length > 0 ? <mark key={key}>{run.text}</mark> : <span key={key}>{run.text}</span>;
      })}
    </p>
  );
}

function Note({ finding }: { finding: DocumentView['findings'][number] }): ReactNode {
  const t = useWords('library');
  const { level, message, fix, rule } = finding;
  return (
    <aside className="margin-note" aria-label={t(`level-${level}`)}>
      <p>
        <Badge tone={TONES[level] ?? 'neutral'}>{t(`level-${level}`)}</Badge> {message}
      </p>
      {fix ? <p className="muted">{fix}</p> : null}
      <p className="muted small">{rule}</p>
    </aside>
  );
}
