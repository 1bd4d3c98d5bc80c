import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { OwnRequirement } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useVocabulary } from '../api/catalogue.ts';
import { keys, useTenant } from '../api/index.ts';
import { Badge, Button, Card, Confirm, Facts, ProblemNotice, toast } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import { useMayWrite } from './whole.ts';

/** What is known of an own requirement beside its words: when it is asked, who wrote it, in which languages. */
export function OwnFacts({ one }: { one: OwnRequirement }): ReactNode {
  const t = useWords('catalogue');
  const formats = useFormats();
  const { types } = useVocabulary();
  const { id: tenant } = useTenant();
  const navigate = useNavigate();
  const mayWrite = useMayWrite() && !one.retired;
  const { asked, words } = one.entry;
  const names = Array.isArray(asked) ? asked.map((id) => types.find((type) => type.id === id)?.text ?? id) : [];
  return (
    <Card title={t('own-facts')} level={3} actions={<Badge tone="accent">{t('origin-own')}</Badge>}>
      <Facts
        facts={[
          [t('own-asked'), Array.isArray(asked) ? formats.list(names) : t(`asked-${asked}`)],
          [t('own-version'), t('own-version-of', { n: one.version, by: one.by, at: formats.moment(one.at) })],
          [t('own-languages'), formats.list(LANGUAGES.filter((id) => words[id]).map((id) => LANGUAGE_NAMES[id]))],
          ...(one.retired ? [[t('own-state'), t('own-retired')] as const] : []),
        ]}
      />
      {mayWrite ? (
        <div className="row screen-only">
          <Button
            onPress={() =>
              void navigate({
                to: '/t/$tenant/catalogue',
                params: { tenant },
                search: { part: 'own', write: one.id } as never,
              })
            }
          >
            {t('own-change')}
          </Button>
          <Retire one={one} />
        </div>
      ) : null}
    </Card>
  );
}

function Retire({ one }: { one: OwnRequirement }): ReactNode {
  const t = useWords('catalogue');
  const tenant = useTenant();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const retire = useMutation({
    mutationFn: () => tenant.api.post(`/catalogue/own/${one.id}/retire`, { version: one.version }),
    async onSuccess() {
      setAsking(false);
      toast({ text: t('own-retired-done', { id: one.id }) });
      await client.invalidateQueries({ queryKey: keys.tenant(tenant.id) });
    },
    onError: () => client.invalidateQueries({ queryKey: keys.list(tenant.id, 'own') }),
  });
  return (
    <>
      <Button look="danger" onPress={() => setAsking(true)}>
        {t('own-retire')}
      </Button>
      <Confirm
        title={t('own-retire-title', { id: one.id })}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => retire.mutate()}
        confirm={t('own-retire')}
        danger
        pending={retire.isPending}
      >
        <p>{t('own-retire-text')}</p>
        <ProblemNotice error={retire.error} />
      </Confirm>
    </>
  );
}
