import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { LibraryDocument } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { keys, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Card, EmptyState, FileField, PageHeader, ProblemNotice } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { usePathPart, usePurchaseId, Waiting } from '../shell/index.ts';
import { DraftDocument } from './draft-document.tsx';

const WHILE_READING = 2_500;

/** The tender as it is being written: uploaded, read, and shown with what a reviewer would say of it. */
export default function DraftPage(): ReactNode {
  const document = usePathPart('document');
  return document === '' ? <Drafts /> : <DraftDocument key={document} id={document} />;
}

function Drafts(): ReactNode {
  const t = useWords('draft');
  const tenant = useTenant();
  const client = useQueryClient();
  const navigate = useNavigate();
  const view = usePurchase(usePurchaseId());
  const purchase = view.purchase.id;
  const queryKey = keys.part(tenant.id, purchase, 'documents');
  const documents = useQuery({
    queryKey,
    queryFn: ({ signal }) => tenant.api.get<{ rows: LibraryDocument[] }>(`/documents?purchase=${purchase}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.rows.some(({ read }) => !read) ? WHILE_READING : false),
  });
  const upload = useMutation({
    async mutationFn(files: File[]) {
      let last: LibraryDocument | null = null;
      for (const file of files)
        last = await tenant.api.post<LibraryDocument>(
          `/documents?name=${encodeURIComponent(file.name)}&purchase=${purchase}`,
          file,
        );
      return files.length === 1 ? last : null;
    },
    async onSuccess(document) {
      const to = '/t/$tenant/purchases/$purchase/draft/$document';
      if (document) await navigate({ to, params: { tenant: tenant.id, purchase, document: document.id } });
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const rows = documents.data?.rows ?? [];
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <div className="stack prose">
        {view.actions.includes('library.write') ? (
          <FileField
            label={t('upload')}
            hint={t('upload-hint')}
            multiple
            disabled={upload.isPending}
            onFiles={(files) => files.length > 0 && upload.mutate(files)}
          />
        ) : null}
        <p role="status">{upload.isPending ? t('uploading') : ''}</p>
        <ProblemNotice error={upload.error ?? documents.error} />
        {documents.isPending ? <Waiting /> : null}
        {documents.isSuccess && rows.length === 0 ? (
          <EmptyState title={t('none-title')}>
            <p>{t('none-text')}</p>
          </EmptyState>
        ) : null}
        {rows.map((row) => (
          <DocumentCard key={row.id} row={row} purchase={purchase} />
        ))}
      </div>
    </>
  );
}

function DocumentCard({ row, purchase }: { row: LibraryDocument; purchase: string }): ReactNode {
  const t = useWords('draft');
  const formats = useFormats();
  const { id: tenant } = useTenant();
  return (
    <Card>
      <div className="spread">
        <Link
          to="/t/$tenant/purchases/$purchase/draft/$document"
          params={{ tenant, purchase, document: row.id }}
          className="draft-name"
        >
          {row.name}
        </Link>
        <Badge tone={row.read ? 'good' : 'neutral'}>{row.read ? t('read') : t('being-read')}</Badge>
      </div>
      <p className="muted small">
        {formats.moment(row.at)} · {formats.bytes(row.bytes)}
        {row.pages === null ? '' : ` · ${t('pages', { n: row.pages })}`}
      </p>
    </Card>
  );
}
