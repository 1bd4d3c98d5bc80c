import { DECLARED_GROUNDS } from '@proviso/procurement';
import type { RequestsView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, Card, Facts, type Tone } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

export type ReadRequest = RequestsView['requests'][number];

const TONES: Readonly<Record<string, Tone>> = { invited: 'good', unsuitable: 'bad', 'not-selected': 'neutral' };

/** What a supplier says of itself; below it, what is to be decided about it. */
export function RequestCard(props: { purchase: string; request: ReadRequest; children?: ReactNode }): ReactNode {
  const t = useWords('candidates');
  const formats = useFormats();
  const { purchase, request, children } = props;
  const { name, at, late, replaced, decision, said } = request;
  const badge = late
    ? 'late'
    : replaced
      ? 'replaced'
      : decision
        ? decision.verdict === 'invited'
          ? 'is-invited'
          : `verdict-${decision.verdict}`
        : null;
  return (
    <Card
      level={3}
      title={name}
      actions={
        badge ? (
          <Badge tone={late ? 'warn' : (TONES[decision?.verdict ?? ''] ?? 'neutral')}>{t(badge)}</Badge>
        ) : undefined
      }
    >
      {said ? (
        <>
          <Facts
            facts={[
              [t('received'), formats.moment(at)],
              [t('company'), [said.company.name, said.company.number].filter(Boolean).join(', ')],
              ...(said.company.country ? [[t('country'), formats.country(said.company.country)] as const] : []),
              [t('contact'), [said.contact.name, said.contact.email, said.contact.phone].filter(Boolean).join(', ')],
              ...DECLARED_GROUNDS.map(
                (ground) =>
                  [
                    t(`exclusion-${ground}`),
                    said.exclusions[ground] ? (
                      <Badge key={ground} tone="bad">
                        {t('applies')}
                      </Badge>
                    ) : (
                      t('applies-not')
                    ),
                  ] as const,
              ),
              ...(said.explanation
                ? [
                    [
                      t('explanation'),
                      <span key="e" className="keep-lines">
                        {said.explanation}
                      </span>,
                    ] as const,
                  ]
                : []),
              [t('signed'), `${said.signed.name}, ${said.signed.role}`],
            ]}
          />
          <div className="stack-tight">
            <h4>{t('ability')}</h4>
            <p className="keep-lines prose">{said.ability}</p>
          </div>
          <Proof purchase={purchase} request={request.id} files={said.files} proof={request.proof} />
        </>
      ) : null}
      {decision && decision.reason !== '' ? (
        <div className="stack-tight">
          <h4>{t('reason')}</h4>
          <p className="keep-lines">{decision.reason}</p>
        </div>
      ) : null}
      {children}
    </Card>
  );
}

function Proof(props: {
  purchase: string;
  request: string;
  files: NonNullable<ReadRequest['said']>['files'];
  proof: ReadRequest['proof'];
}): ReactNode {
  const t = useWords('candidates');
  const e = useWords('evaluate');
  const looked = new Map(props.proof.map(({ sha256, problem }) => [sha256, problem]));
  const formats = useFormats();
  const { api } = useTenant();
  const { purchase, request, files } = props;
  if (files.length === 0) return <p className="muted">{t('files-none')}</p>;
  return (
    <div className="stack-tight">
      <h4>{t('files')}</h4>
      <p className="muted small">{t('files-text')}</p>
      <ul className="lines">
        {files.map(({ name, sha256, bytes }) => (
          <li key={`${sha256} ${name}`}>
            <a
              className="request-file"
              href={api.address(`/purchases/${purchase}/requests/${request}/files/${sha256}`)}
              download={name}
            >
              {name}
            </a>{' '}
            <span className="muted small">{formats.bytes(bytes)}</span>{' '}
            {!looked.has(sha256) ? (
              <Badge>{t('file-waits')}</Badge>
            ) : looked.get(sha256) ? (
              <Badge tone="bad">{e('file-problem', { problem: looked.get(sha256) ?? '' })}</Badge>
            ) : (
              <Badge tone="good">{e('file-fine')}</Badge>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
