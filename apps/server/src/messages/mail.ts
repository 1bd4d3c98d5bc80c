import type { JobHandler } from '@proviso/store';
import { letterFailed, letterSent, takeLetters, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';

export interface MailOptions {
  /** As `smtps://user:password@mail.example:465`; null: letters are only shown in the outbox. */
  smtpUrl: string | null;
  /** Who letters come from. */
  from: string;
}

/** Sends one letter. */
export type Send = (letter: { to: string; subject: string; text: string }) => Promise<void>;

/** Letters at once; each batch is a transaction, so that a crash repeats few. */
const BATCH = 10;
const LONGEST_ERROR = 300;

/** Environment: `PROVISO_SMTP_URL`, `PROVISO_MAIL_FROM`. */
export function mailOptions(env: NodeJS.ProcessEnv): MailOptions {
  return { smtpUrl: env.PROVISO_SMTP_URL || null, from: env.PROVISO_MAIL_FROM || 'Proviso <proviso@localhost>' };
}

/** A sender by SMTP; null where no server is named. The library is loaded with the first letter. */
export function senderOf({ smtpUrl, from }: MailOptions): Send | null {
  if (smtpUrl === null) return null;
  let transport: Promise<import('nodemailer').Transporter> | null = null;
  return async ({ to, subject, text }) => {
    transport ??= import('nodemailer').then(({ createTransport }) => createTransport(smtpUrl));
    // As an object, so that no sign in a name or address can add another recipient or header.
    await (await transport).sendMail({
      from,
      to: { name: '', address: to },
      subject,
      text,
      disableFileAccess: true,
      disableUrlAccess: true,
      headers: { 'auto-submitted': 'auto-generated' },
    });
  };
}

/** Works on the queue `mail`: sends what waits in a tenant's outbox. Without a sender it leaves all where it is. */
export function mailWorker({ store, log }: Pick<Deps, 'store' | 'log'>, send: Send | null): JobHandler<'mail'> {
  return async ({ tenant }, { signal }) => {
    if (send === null) return;
    for (let taken = BATCH; taken === BATCH && !signal.aborted; ) {
      taken = await withTenant(store.db, tenant, async (trx) => {
        const letters = await takeLetters(trx, BATCH);
        for (const { id, email, subject, body } of letters) {
          try {
            if (!email) throw new Error('no-address');
            await send({ to: email, subject, text: body });
            await letterSent(trx, id);
          } catch (error) {
            const reason = (error as Error).message.slice(0, LONGEST_ERROR);
            log(`A letter did not leave (${id}): ${reason}`);
            await letterFailed(trx, id, reason);
          }
        }
        return letters.length;
      });
    }
  };
}
