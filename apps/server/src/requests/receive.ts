import { DECLARED_GROUNDS } from '@proviso/procurement';
import { canonicalJson, type ReceiptPrivateKey, sha256Hex, signRequestReceipt } from '@proviso/sealing';
import { getRequest, insertRequest, type RequestRow, type TenantScope, uploadsOf } from '@proviso/store';
import type { z } from 'zod';
import type { KeptRequest, requestBody, SignedRequestReceipt } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { carryOut } from '../purchases/commands.ts';

/**
 * Takes a request to take part in: keeps what it says and which files it names, decides whether it is late, signs the receipt. All in the
 * caller's transaction. The very same request sent again, after a lost answer, gets the same receipt.
 * @throws HttpProblem 422 `explain-exclusion`, `file-not-sent`, `request-id-taken`, and what procurement refuses
 */
export async function receiveRequest(
  trx: TenantScope,
  deps: Deps,
  actor: LinkActor,
  { id, files: named, ...said }: z.infer<typeof requestBody>,
): Promise<SignedRequestReceipt> {
  // Received is when all of it is here; waiting for others' transactions makes none late.
  const received = deps.now();
  if (DECLARED_GROUNDS.some((one) => said.exclusions[one]) && !said.explanation)
    throw new HttpProblem(422, 'explain-exclusion', { where: 'explanation' });
  const files = await filesSent(trx, actor, named);
  const kept: KeptRequest = { schema: 'proviso.request/1', ...said, files };
  const bytes = new TextEncoder().encode(canonicalJson(kept));
  const sha256 = sha256Hex(bytes);
  const earlier = await getRequest(trx, id);
  if (earlier) return receiptAgain(earlier, actor, sha256);
  const hashes = [sha256, ...new Set(files.map((file) => file.sha256))];
  const given = await carryOut(trx, { ...deps, now: () => received }, actor, actor.purchase, null, {
    type: 'request.submit',
    input: { id, hashes },
  }).catch(async (error: unknown) => {
    // Sent twice at once: the other one was first.
    const first = error instanceof HttpProblem && error.problem.code === 'twice' && (await getRequest(trx, id));
    if (first) return receiptAgain(first, actor, sha256);
    throw error;
  });
  if ('receipt' in given) return given;
  const request = given.purchase.requests.find((one) => one.id === id);
  if (!request) throw new Error('The request was decided on and is not there.');
  const receipt = await signRequestReceipt(
    {
      schema: 'proviso.request-receipt/1',
      purchase: actor.purchase,
      invitation: actor.invitation,
      request: id,
      received: [
        { name: 'request', sha256, size: bytes.length },
        ...files.map((file, i) => ({ name: `file-${i + 1}`, sha256: file.sha256, size: file.bytes })),
      ],
      receivedAt: new Date(request.at).toISOString(),
      late: request.late,
    },
    deps.receiptKey as ReceiptPrivateKey,
  );
  await insertRequest(trx, {
    id,
    purchase: actor.purchase,
    supplier: actor.supplier,
    invitation: actor.invitation,
    receivedAt: request.at,
    late: request.late,
    said: kept,
    sha256: Buffer.from(sha256, 'hex'),
    receipt,
    files: files.map((file) => Buffer.from(file.sha256, 'hex')),
  });
  return receipt;
}

function receiptAgain(earlier: RequestRow, actor: LinkActor, sha256: string): SignedRequestReceipt {
  // Whose it is stays unsaid.
  if (earlier.invitation !== actor.invitation || earlier.sha256.toString('hex') !== sha256)
    throw new HttpProblem(422, 'request-id-taken', { where: 'id' });
  return earlier.receipt as SignedRequestReceipt;
}

/** The files that a request names, each sent by its own link before, with their sizes. */
async function filesSent(
  trx: TenantScope,
  actor: LinkActor,
  named: readonly { name: string; sha256: string }[],
): Promise<KeptRequest['files']> {
  const sent = await uploadsOf(trx, actor.invitation, true);
  const sizes = new Map(sent.map(({ sha256, bytes }) => [sha256.toString('hex'), bytes]));
  return named.map(({ name, sha256 }) => {
    const bytes = sizes.get(sha256);
    if (bytes === undefined) throw new HttpProblem(422, 'file-not-sent', { where: 'files', values: { sha256 } });
    return { name, sha256, bytes };
  });
}

/** The receipt of a request of this supplier. @throws HttpProblem 404, also for the requests of others */
export async function requestReceipt(trx: TenantScope, actor: LinkActor, id: string): Promise<SignedRequestReceipt> {
  const found = await getRequest(trx, id);
  if (found?.supplier !== actor.supplier || found.purchase !== actor.purchase) throw new HttpProblem(404, 'not-found');
  return found.receipt as SignedRequestReceipt;
}
