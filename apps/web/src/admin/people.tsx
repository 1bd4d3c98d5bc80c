import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Person, Problem, Role } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { isProblem, keys, useList, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  Card,
  Checkbox,
  Checkboxes,
  Confirm,
  Dialog,
  Field,
  Notice,
  ProblemNotice,
  submits,
  Table,
  toast,
} from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { LinkOnce } from '../publish/link-once.tsx';
import { StakeList } from './stake-list.tsx';

const ROLES: readonly Role[] = ['owner', 'buyer', 'security', 'legal', 'evaluator', 'opener', 'auditor'];

/** Who works here, and what each may do. */
export function People(): ReactNode {
  const t = useWords('admin');
  const s = useWords('shell');
  const tenant = useTenant();
  const people = useList<Person[]>('people', '/people').filter(({ erased }) => !erased);
  const [editing, setEditing] = useState<Person | null>(null);
  const [erasing, setErasing] = useState<Person | null>(null);
  const mayManage = tenant.roles.includes('owner');
  const relink = useMutation({
    mutationFn: (one: Person) => tenant.api.post<{ link: string }>(`/people/${one.id}/link`, {}),
  });
  return (
    <div className="stack">
      <Table
        caption={t('part-people')}
        rows={people}
        rowId={({ id }) => id}
        columns={[
          { id: 'name', title: t('name'), cell: ({ name }) => name ?? '–', by: ({ name }) => name ?? '' },
          { id: 'email', title: t('email'), cell: ({ email }) => email ?? '–', by: ({ email }) => email ?? '' },
          {
            id: 'roles',
            title: t('roles'),
            cell: ({ roles }) => (
              <span className="row">
                {roles.map((role) => (
                  <Badge key={role}>{s(`role-${role}`)}</Badge>
                ))}
              </span>
            ),
          },
          {
            id: 'opener',
            title: t('opener-key'),
            cell: ({ roles, opener }) =>
              roles.includes('opener') ? (
                <Badge tone={opener ? 'good' : 'warn'}>{opener ? t('key-made') : t('key-missing')}</Badge>
              ) : (
                '–'
              ),
          },
          {
            id: 'actions',
            title: <span className="unseen">{t('actions')}</span>,
            cell: (one) =>
              mayManage ? (
                <span className="row">
                  <Button small onPress={() => setEditing(one)}>
                    {t('change-roles')}
                    <span className="unseen"> {one.name}</span>
                  </Button>
                  {one.email === null ? null : (
                    <Button small onPress={() => relink.mutate(one)}>
                      {t('new-link')}
                      <span className="unseen"> {one.name}</span>
                    </Button>
                  )}
                  <Button small look="danger" onPress={() => setErasing(one)}>
                    {t('erase')}
                    <span className="unseen"> {one.name}</span>
                  </Button>
                </span>
              ) : null,
          },
        ]}
      />
      <ProblemNotice error={relink.error} />
      {relink.data ? <LinkOnce link={relink.data.link} text={t('invite-link-text')} /> : null}
      {mayManage ? <Invite /> : null}
      {editing ? <Roles person={editing} onClose={() => setEditing(null)} /> : null}
      <Erase person={erasing} onClose={() => setErasing(null)} />
    </div>
  );
}

function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  const { id } = useTenant();
  return () => client.invalidateQueries({ queryKey: keys.list(id, 'people') });
}

function Invite(): ReactNode {
  const t = useWords('admin');
  const tenant = useTenant();
  const refresh = useRefresh();
  const [typed, setTyped] = useState({ email: '', name: '' });
  const [roles, setRoles] = useState<string[]>([]);
  const invite = useMutation({
    mutationFn: () => tenant.api.post<{ link: string }>('/people', { ...typed, roles }),
    async onSuccess() {
      setTyped({ email: '', name: '' });
      setRoles([]);
      await refresh();
    },
  });
  return (
    <Card title={t('invite')}>
      <form className="stack" onSubmit={submits(() => roles.length > 0 && invite.mutate())}>
        <div className="grid">
          <Field
            label={t('name')}
            value={typed.name}
            onChange={(name) => setTyped({ ...typed, name })}
            maxLength={200}
          />
          <Field
            label={t('email')}
            type="email"
            value={typed.email}
            onChange={(email) => setTyped({ ...typed, email })}
          />
        </div>
        <RoleChoice value={roles} onChange={setRoles} />
        <ProblemNotice error={invite.error} />
        <div>
          <Button type="submit" look="primary" isPending={invite.isPending} isDisabled={roles.length === 0}>
            {t('invite')}
          </Button>
        </div>
      </form>
      {invite.data ? <LinkOnce link={invite.data.link} text={t('invite-link-text')} /> : null}
    </Card>
  );
}

function RoleChoice({ value, onChange }: { value: readonly string[]; onChange(value: string[]): void }): ReactNode {
  const t = useWords('admin');
  const s = useWords('shell');
  return (
    <Checkboxes
      label={t('roles')}
      wide
      options={ROLES.map((id) => ({ id, text: s(`role-${id}`), hint: t(`role-${id}-text`) }))}
      value={value}
      onChange={onChange}
    />
  );
}

function Roles({ person, onClose }: { person: Person; onClose(): void }): ReactNode {
  const t = useWords('admin');
  const s = useWords('shell');
  const tenant = useTenant();
  const refresh = useRefresh();
  const [roles, setRoles] = useState<string[]>(person.roles);
  const give = useMutation({
    mutationFn: (wanted: readonly string[]) => tenant.api.patch(`/people/${person.id}`, { roles: wanted }),
    onSuccess: refresh,
  });
  const save = async (): Promise<void> => {
    await give.mutateAsync(roles);
    onClose();
    toast({ text: t('roles-saved'), undo: () => give.mutate(person.roles) });
  };
  return (
    <Dialog title={`${t('roles')}: ${person.name ?? person.email ?? ''}`} open onClose={onClose} wide>
      <form className="stack" onSubmit={submits(() => void save().catch(() => undefined))}>
        <RoleChoice value={roles} onChange={setRoles} />
        <ProblemNotice error={give.error} />
        <div className="row-end">
          <Button onPress={onClose}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={give.isPending} isDisabled={roles.length === 0}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Erase({ person, onClose }: { person: Person | null; onClose(): void }): ReactNode {
  const t = useWords('admin');
  const tenant = useTenant();
  const refresh = useRefresh();
  /** What nobody could open then, once the server has named it. */
  const [lost, setLost] = useState<NonNullable<Problem['purchases']>>([]);
  const [sure, setSure] = useState(false);
  const erase = useMutation({
    mutationFn: () => {
      const giveUp = sure ? `?giveUp=${lost.map(({ id }) => id).join(',')}` : '';
      return tenant.api.delete(`/people/${person?.id}${giveUp}`);
    },
    onError(error) {
      setSure(false);
      setLost(isProblem(error, 'opening-lost') ? (error.problem.purchases ?? []) : []);
    },
    async onSuccess() {
      await refresh();
      close();
    },
  });
  const close = (): void => {
    setSure(false);
    setLost([]);
    erase.reset();
    onClose();
  };
  return (
    <Confirm
      title={t('erase')}
      open={person !== null}
      onClose={close}
      onConfirm={() => erase.mutate()}
      confirm={t('erase')}
      danger
      pending={erase.isPending}
      disabled={lost.length > 0 && !sure}
    >
      <p>{t('erase-text', { name: person?.name ?? '' })}</p>
      {lost.length > 0 ? (
        <>
          <Notice tone="bad" title={t('erase-lost')}>
            <StakeList purchases={lost} />
            <p>{t('erase-lost-text')}</p>
          </Notice>
          <Checkbox selected={sure} onChange={setSure}>
            {t('erase-lost-sure')}
          </Checkbox>
        </>
      ) : (
        <ProblemNotice error={erase.error} />
      )}
    </Confirm>
  );
}
