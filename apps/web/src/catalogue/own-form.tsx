import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnPreview, OwnRequirement } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useCatalogue, useVocabulary } from '../api/catalogue.ts';
import { isProblem, keys, useTenant } from '../api/index.ts';
import { useSettled } from '../demand/derived.ts';
import {
  Button,
  Card,
  Checkbox,
  Checkboxes,
  Notice,
  ProblemNotice,
  Radios,
  Select,
  submits,
  toast,
} from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/language.ts';
import { type Draft, draftOf, entryOf, NO_WORDS, newDraft } from './own-draft.ts';
import { OwnQuestion } from './own-question.tsx';
import { OwnWords } from './own-words.tsx';
import { RequirementText } from './requirement-text.tsx';
import { useOwn } from './whole.ts';

const EVIDENCE = [
  'document',
  'declaration',
  'certificate',
  'audit-report',
  'test-report',
  'probe-result',
  'sbom',
  'advisory-feed',
  'sample',
  'reference',
] as const;

/** Writes an own requirement, or the next version of one; how it reads stands beside it. */
export function OwnForm({ kept, onDone }: { kept: OwnRequirement | null; onDone(): void }): ReactNode {
  const t = useWords('catalogue');
  const s = useWords('shell');
  const { language: reader } = useLanguage();
  const { types } = useVocabulary();
  const { risks } = useCatalogue();
  // What the writing began on: another's later version is a conflict, and not a new beginning.
  const [base] = useState(kept);
  const [draft, setDraft] = useState<Draft>(() => (base ? draftOf(base.entry) : newDraft(reader)));
  const [shown, setShown] = useState<Language>(draft.language);
  const [tried, setTried] = useState(false);
  const entry = entryOf(draft);
  const preview = usePreview(base?.id ?? null, entry, shown);
  const faults = preview?.faults ?? [];
  const { save, theirs } = useSave(base, onDone);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const faultAt = (where: string): string | null => {
    if (!tried) return null;
    const fault = faults.find((one) => one.where === where || one.where.startsWith(`${where}.`));
    return fault ? t(`fault-${fault.code}`) : null;
  };
  const send = (version: number | null) => {
    setTried(true);
    // Where the check has not caught up, the server says it.
    if (!preview?.current || faults.length === 0) save.mutate({ entry, version });
  };
  return (
    <div className="columns">
      <form className="stack-roomy" noValidate onSubmit={submits(() => send(base?.version ?? null))}>
        <h2>{base ? t('own-change-title', { id: base.id }) : t('own-new')}</h2>
        <Card title={t('write-when')} level={3}>
          <Radios
            label={t('own-asked')}
            value={draft.asked}
            onChange={(asked) => change({ asked: asked as Draft['asked'] })}
            options={(['always', 'types', 'by-hand'] as const).map((id) => ({ id, text: t(`asked-${id}`) }))}
          />
          {draft.asked === 'types' ? (
            <Checkboxes
              label={t('asked-which')}
              value={draft.types}
              onChange={(value) => change({ types: value })}
              error={faultAt('asked')}
              options={types.map(({ id, text }) => ({ id, text }))}
              wide
            />
          ) : null}
          <Checkboxes
            label={t('applies')}
            value={draft.applies}
            onChange={(value) => change({ applies: value as Draft['applies'] })}
            error={faultAt('applies')}
            options={(['product', 'service'] as const).map((id) => ({ id, text: t(`applies-${id}`) }))}
            wide
          />
          <Checkboxes
            label={t('answers-risks')}
            hint={t('write-risks-hint')}
            value={draft.risks}
            onChange={(value) => change({ risks: value })}
            error={faultAt('risks')}
            options={risks.map(({ id, title }) => ({ id, text: `${id} ${title}` }))}
          />
        </Card>
        <Card title={t('write-weight')} level={3}>
          <Checkbox selected={draft.graded} onChange={(graded) => change({ graded })} hint={t('write-graded-hint')}>
            {t('write-graded')}
          </Checkbox>
          <Checkbox
            selected={draft.knockout}
            onChange={(knockout) => change({ knockout })}
            hint={t('write-knockout-hint')}
          >
            {t('knockout')}
          </Checkbox>
          <Radios
            label={t('burden')}
            value={String(draft.burden)}
            onChange={(burden) => change({ burden: Number(burden) })}
            options={['1', '2', '3'].map((id) => ({ id, text: t(`burden-${id}`) }))}
            wide
          />
          <OwnQuestion draft={draft} faultAt={faultAt} onChange={change} />
          <Checkboxes
            label={t('evidence')}
            value={draft.evidence}
            onChange={(value) =>
              change({ evidence: EVIDENCE.filter((one) => value.includes(one)) as Draft['evidence'] })
            }
            error={draft.evidence.length === 0 || draft.evidence.length > 5 ? t('write-evidence-fault') : null}
            options={EVIDENCE.map((id) => ({ id, text: t(`evidence-${id}`) }))}
            wide
          />
        </Card>
        <Card title={t('write-words', { language: LANGUAGE_NAMES[draft.language] })} level={3}>
          {base ? null : (
            <Select
              label={t('write-language')}
              hint={t('write-language-hint')}
              optional={false}
              narrow
              value={draft.language}
              onChange={(value) => {
                const next = LANGUAGES.find((one) => one === value) ?? 'en';
                const { [draft.language]: words, ...others } = draft.words;
                change({ language: next, words: { [next]: words ?? NO_WORDS, ...(others as Draft['words']) } });
                setShown(next);
              }}
              options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
            />
          )}
          <OwnWords
            draft={draft}
            language={draft.language}
            faultAt={faultAt}
            onChange={(words) => change({ words: { ...draft.words, [draft.language]: words } })}
          />
        </Card>
        {LANGUAGES.filter((one) => one !== draft.language).map((one) => (
          <Translation key={one} language={one} draft={draft} faultAt={faultAt} onChange={change} />
        ))}
        {tried && faults.length > 0 ? (
          <Notice tone="bad" title={t('write-faults', { n: faults.length })}>
            <ul>
              {faults.map(({ where, code, message }) => (
                <li key={`${where} ${message}`}>{code === 'wrong' ? message : <Where where={where} code={code} />}</li>
              ))}
            </ul>
          </Notice>
        ) : null}
        {theirs ? (
          <Notice
            tone="warn"
            title={s('conflict-title')}
            actions={
              <>
                <Button onPress={onDone}>{s('conflict-leave')}</Button>
                <Button look="danger" onPress={() => send(theirs.version)} isDisabled={theirs.retired}>
                  {s('conflict-again')}
                </Button>
              </>
            }
          >
            <p>{s('conflict-text')}</p>
            {theirs.retired ? <p>{t('own-retired')}</p> : null}
            {theirs.words ? <RequirementText one={theirs.words} /> : null}
          </Notice>
        ) : (
          <ProblemNotice error={save.error} />
        )}
        <div className="row">
          <Button onPress={onDone}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={save.isPending}>
            {s('save')}
          </Button>
        </div>
      </form>
      <aside className="stack" aria-label={t('preview')}>
        <h2>{t('preview')}</h2>
        <Select
          label={t('preview-language')}
          value={shown}
          onChange={(value) => setShown(LANGUAGES.find((one) => one === value) ?? 'en')}
          options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
          narrow
        />
        {preview?.words ? <RequirementText one={preview.words} /> : <p className="muted">{t('preview-none')}</p>}
      </aside>
    </div>
  );
}

/** Another language: all of it, or none. */
function Translation(props: {
  language: Language;
  draft: Draft;
  faultAt(where: string): string | null;
  onChange(part: Partial<Draft>): void;
}): ReactNode {
  const t = useWords('catalogue');
  const { language, draft, faultAt, onChange } = props;
  const has = draft.words[language] !== undefined;
  return (
    <Card title={t('write-words', { language: LANGUAGE_NAMES[language] })} level={3}>
      <Checkbox
        selected={has}
        onChange={(wanted) => onChange({ words: { ...draft.words, [language]: wanted ? NO_WORDS : undefined } })}
        hint={t('write-also-hint')}
      >
        {t('write-also', { language: LANGUAGE_NAMES[language] })}
      </Checkbox>
      {has ? (
        <OwnWords
          draft={draft}
          language={language}
          faultAt={faultAt}
          onChange={(words) => onChange({ words: { ...draft.words, [language]: words } })}
        />
      ) : null}
    </Card>
  );
}

/** A fault by the name of its field and its language. */
function Where({ where, code }: { where: string; code: string }): ReactNode {
  const t = useWords('catalogue');
  const [first = '', second = '', third = ''] = where.split('.');
  const language = LANGUAGES.find((one) => one === second);
  const name = first === 'words' ? third : first;
  return (
    <>
      {t(`place-${name}`)}
      {first === 'words' && language ? ` (${LANGUAGE_NAMES[language]})` : ''}: {t(`fault-${code}`)}
    </>
  );
}

/** How it would read, or all that is wrong; asked when the writing has rested for a moment. */
function usePreview(id: string | null, entry: unknown, language: Language): (OwnPreview & { current: boolean }) | null {
  const tenant = useTenant();
  const now = JSON.stringify({ id, entry, language });
  const settled = useSettled(now) ?? now;
  const { data, isPlaceholderData } = useQuery({
    queryKey: keys.list(tenant.id, 'own-preview', settled),
    queryFn: ({ signal }) => tenant.api.post<OwnPreview>('/catalogue/own/preview', JSON.parse(settled), { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  // What is shown may lag behind; what is judged may not.
  return data ? { ...data, current: !isPlaceholderData && settled === now } : null;
}

/** Saves over the version that was read; `theirs` is what another has saved meanwhile. */
function useSave(base: OwnRequirement | null, onDone: () => void) {
  const t = useWords('catalogue');
  const tenant = useTenant();
  const client = useQueryClient();
  const { rows } = useOwn();
  const save = useMutation({
    mutationFn: ({ entry, version }: { entry: unknown; version: number | null }) =>
      base && version !== null
        ? tenant.api.put<{ id: string }>(`/catalogue/own/${base.id}`, { version, entry })
        : tenant.api.post<{ id: string }>('/catalogue/own', { entry }),
    async onSuccess({ id }) {
      toast({ text: t('own-saved', { id }) });
      await client.invalidateQueries({ queryKey: keys.tenant(tenant.id) });
      onDone();
    },
    onError: (error) =>
      isProblem(error, 'version-conflict') ? client.invalidateQueries({ queryKey: keys.list(tenant.id, 'own') }) : null,
  });
  const conflict = isProblem(save.error, 'version-conflict');
  return { save, theirs: conflict ? (rows.find(({ id }) => id === base?.id) ?? null) : null };
}
