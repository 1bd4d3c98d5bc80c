import type { Problem } from '@proviso/documents';
import { documentRead, getDocument, getPurchase, type JobHandler, notify, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { catalogueOf } from '../own-catalogue/of-tenant.ts';
import { CHANGED } from '../purchases/events.ts';
import { documentOf } from '../purchases/rows.ts';
import { purchaseDefaults } from '../purchases/settings.ts';
import type { ReadDocument } from './child-job.ts';
import { ENGINE } from './engine.ts';
import type { KeptReading } from './kept-reading.ts';
import { inSandbox, withFolder } from './sandbox.ts';
import { storable } from './storable.ts';

/** Works on the queue `reading`: has a child read the document and keeps what it says. A document that cannot be read keeps why. */
export function readingWorker(deps: Deps): JobHandler<'reading'> {
  return async ({ tenant, document: id }, { signal }) => {
    const { db } = deps.store;
    const found = await withTenant(db, tenant, async (trx) => {
      const row = await getDocument(trx, id);
      if (row === undefined) return null;
      const purchase = row.purchase === null ? undefined : await getPurchase(trx, row.purchase);
      const about = purchase && documentOf(purchase).description;
      const { requirements } = await catalogueOf(trx, tenant, deps);
      return {
        row,
        own: requirements
          .filter((one) => one.own !== undefined && one.retired === undefined)
          .map(({ id, phrases }) => ({ id, phrases })),
        country: about?.country ?? null,
        isTender: about !== undefined,
        language: about?.language ?? (await purchaseDefaults(trx)).language,
      };
    });
    if (found === null) return;
    const { row, own, country, isTender, language } = found;
    const sha256 = row.sha256.toString('hex');
    const asOf = deps.now().toISOString().slice(0, 10);
    const outcome = await withFolder(deps.files, [{ sha256, as: 'document' }], (folder) =>
      inSandbox(
        {
          kind: 'read',
          file: `${folder}/document`,
          name: row.name,
          sha256,
          bytes: row.bytes,
          engine: ENGINE,
          asOf,
          language,
          country,
          isTender,
          own,
        },
        { signal },
      ),
    );
    // Stopped by the worker's own end: another takes the job up.
    signal.throwIfAborted();
    const read = outcome.ok ? outcome.value : await unread(row.name, sha256, row.bytes, asOf, outcome.problem);
    const { passages, ...rest } = storable(read);
    const reading: KeptReading = { schema: 'proviso.read-document/1', language, ...rest };
    await withTenant(db, tenant, async (trx) => {
      const { format, language: written, pages } = reading.reading.source;
      await documentRead(trx, id, { format, language: written, pages, reading, passages });
      if (row.purchase !== null)
        await notify(trx, CHANGED, { tenant, purchase: row.purchase, event: 'job', data: { id, done: true } });
    });
  };
}

/** The reading of a document that broke the child or its limits. */
async function unread(
  name: string,
  sha256: string,
  bytes: number,
  asOf: string,
  problem: Problem,
): Promise<ReadDocument> {
  const { nullFacts, nullReading } = await import('@proviso/reading');
  const source = { path: name, sha256, bytes, manifest: null };
  const reading = nullReading(source, { engine: ENGINE, asOf }, [problem]);
  return { reading, facts: nullFacts(name), text: '', blocks: [], passages: [] };
}
