import { lastApproval, sealedParts } from '@proviso/procurement';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OpeningView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, use } from 'react';
import { isProblem, keys, usePart, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Deadline,
  Facts,
  Notice as Note,
  ProblemNotice,
  toast,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { unable, WhoCanOpen } from '../opening/who.tsx';
import { FingerprintText } from './fingerprint.tsx';
import { makeKeys, NoOpenerKey } from './keys.ts';
import { OfflineForms } from './offline-forms.tsx';
import { PublishForm } from './publish-form.tsx';

/** The keys, the dates and the act of publishing; afterwards, what was published. */
export function Notice({ view }: { view: PurchaseView }): ReactNode {
  const { purchase } = view;
  if (purchase.notice) return <Published view={view} />;
  return (
    <div className="stack prose">
      <Missing view={view} />
      <NoCeiling view={view} />
      {view.actions.includes('publish') ? <Keys view={view} /> : null}
      {view.commands.includes('purchase.publish') ? <PublishForm view={view} /> : null}
    </div>
  );
}

/** What is still to be done before the purchase can be published, each with the way to it. */
function Missing({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const { id: tenant } = useTenant();
  const { purchase } = view;
  const params = { tenant, purchase: purchase.id };
  const approved = (['security', 'legal'] as const).every((as) => lastApproval(purchase, as)?.verdict === 'approved');
  const open = [
    purchase.demand ? null : (['demand', 'requirements'] as const),
    purchase.plan ? null : (['publish', 'plan'] as const),
    purchase.openers.length >= 2 && purchase.evaluators.length >= 2 ? null : (['publish', 'team'] as const),
    purchase.state === 'specified' ? null : (['demand', 'ready'] as const),
    approved ? null : (['demand', 'approval'] as const),
  ].filter((one) => one !== null);
  if (open.length === 0) return null;
  return (
    <Card title={t('missing')}>
      <ul className="lines">
        {open.map(([page, part]) => (
          <li key={part} className="spread">
            <span>{t(`missing-${part}`)}</span>
            <ButtonLink
              small
              to={`/t/$tenant/purchases/$purchase/${page}`}
              params={params}
              search={(part === 'ready' || part === 'requirements' ? {} : { part }) as never}
            >
              {t('go-there')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A framework says beforehand what it may come to: Court of Justice, C-23/20, Simonsen & Weel. */
function NoCeiling({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const { id: tenant } = useTenant();
  const { id, description } = view.purchase;
  if (description.procedure !== 'framework' || description.ceiling !== null) return null;
  return (
    <Note
      tone="warn"
      title={t('ceiling-missing')}
      actions={
        <ButtonLink small to="/t/$tenant/purchases/$purchase/overview" params={{ tenant, purchase: id }}>
          {t('go-there')}
        </ButtonLink>
      }
    >
      <p>{t('ceiling-missing-text')}</p>
    </Note>
  );
}

function Keys({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const tenant = useTenant();
  const client = useQueryClient();
  const { purchase } = view;
  const opening = usePart<OpeningView>(purchase.id, 'opening', '/opening');
  const make = useMutation({
    mutationFn: () => makeKeys(tenant, view),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: keys.part(tenant.id, purchase.id, 'opening') });
      toast({ text: t('keys-made') });
    },
  });
  if (purchase.openers.length < 2 || !purchase.plan) return null;
  const stale = unable(opening);
  return (
    <Card
      title={t('keys')}
      actions={opening.keys ? <Badge tone="good">{t('keys-there')}</Badge> : <Badge>{t('keys-not-yet')}</Badge>}
    >
      <p className="muted">{t('keys-text')}</p>
      {stale.length > 0 ? (
        <Note tone="warn" title={t('keys-stale')}>
          <p>{t('keys-stale-text', { names: stale.map(({ id, name }) => name || t(nameless(id))).join(', ') })}</p>
        </Note>
      ) : null}
      {opening.keys ? (
        <>
          <p>{t('keys-fingerprint')}</p>
          <PurchaseFingerprint keys={opening.keys} />
        </>
      ) : null}
      {make.error instanceof NoOpenerKey ? (
        <Note tone="bad">
          <p>{t('keys-no-opener', { names: make.error.names.join(', ') })}</p>
        </Note>
      ) : (
        <ProblemNotice error={make.error} />
      )}
      <div>
        <Button
          onPress={() => make.mutate()}
          isPending={make.isPending}
          look={opening.keys && stale.length === 0 ? 'normal' : 'primary'}
        >
          {opening.keys ? t('keys-again') : t('keys-make')}
        </Button>
      </div>
      {isProblem(make.error, 'opener-key-missing') ? <p className="small">{t('opener-no-key-text')}</p> : null}
    </Card>
  );
}

const nameless = (id: string): 'recovery' | 'unknown-person' => (id === 'recovery' ? 'recovery' : 'unknown-person');

type Keys = NonNullable<OpeningView['keys']>;
const fingerprints = new WeakMap<Keys, Promise<string>>();

function PurchaseFingerprint({ keys: made }: { keys: Keys }): ReactNode {
  let text = fingerprints.get(made);
  if (!text) {
    text = import('@proviso/sealing').then(({ purchaseFingerprint }) => purchaseFingerprint(made));
    fingerprints.set(made, text);
  }
  return <FingerprintText text={use(text)} />;
}

function Published({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const formats = useFormats();
  const { notice } = view.purchase;
  if (!notice) return null;
  return (
    <div className="columns-even">
      <Card title={t('published')}>
        <Facts
          facts={[
            [t('sent'), formats.moment(notice.sent)],
            [t('stage'), t(`stage-${notice.stage}`)],
            [
              t('questions-until'),
              <Deadline key="q" at={notice.questionsUntil.instant} zone={notice.questionsUntil.zone} />,
            ],
            [
              t(notice.stage === 'selection' ? 'closing-selection' : 'closing'),
              <Deadline key="c" at={notice.closing.instant} zone={notice.closing.zone} />,
            ],
            [
              t(notice.stage === 'selection' ? 'opening-selection' : 'opening'),
              <Deadline key="o" at={notice.opening.instant} zone={notice.opening.zone} />,
            ],
            [t('validity'), t('days', { n: notice.validityDays })],
          ]}
        />
      </Card>
      <Card title={t('keys')}>
        <p className="muted">{t('keys-published')}</p>
        {view.actions.includes('offer.list') ? <PublishedKeys view={view} /> : null}
        <ul className="lines">
          {notice.keys.map(({ part, fingerprint }) => (
            <li key={part} className="stack-tight">
              <span>{t(`key-${part}`)}</span>
              <FingerprintText text={fingerprint} />
            </li>
          ))}
        </ul>
      </Card>
      {notice.stage === 'tender' ? <OfflineForms id={view.purchase.id} /> : null}
    </div>
  );
}

function PublishedKeys({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const opening = usePart<OpeningView>(view.purchase.id, 'opening', '/opening');
  if (!opening.keys) return null;
  return (
    <>
      <div className="stack-tight">
        <span>{t('key-all')}</span>
        <PurchaseFingerprint keys={opening.keys} />
      </div>
      {sealedParts(view.purchase).length > 0 ? <WhoCanOpen view={opening} /> : null}
    </>
  );
}
