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

const LONGEST_ERROR = 300;
/** A mail server that says nothing for so long is given up for now: a letter on its way holds a transaction. */
const SILENCE_MS = 15_000;
const PATIENCE = { connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS };

/** Environment: `PROVISO_SMTP_URL`, `PROVISO_MAIL_FROM`. */
export function mailOptions(env: NodeJS.ProcessEnv): MailOptions {
  return { smtpUrl: env.PROVISO_SMTP_URL || null, from: env.PROVISO_MAIL_FROM || 'Proviso <proviso@localhost>' };
}

/** A sender by SMTP; null where no server is named. The library is loaded with the first letter. */
export function senderOf({ smtpUrl, from }: MailOptions): Send | null {
  if (smtpUrl === null) return null;
  let transport: Promise<import('nodemailer').Transporter> | null = null;
  return async ({ to, subject, text }) => {
    transport ??= import('nodemailer').then(({ createTransport }) => createTransport({ url: smtpUrl, ...PATIENCE }));
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
    // Each letter in a transaction of its own: a crash repeats one at most.
    for (let more = true; more && !signal.aborted; ) {
      more = await withTenant(store.db, tenant, async (trx) => {
        const [letter] = await takeLetters(trx, 1);
        if (!letter) return false;
        const { id, email, subject, body } = letter;
        const failed = await leaves(send, { to: email, subject, text: body });
        if (failed === null) await letterSent(trx, id);
        else {
          log(`A letter did not leave (${id}): ${failed}`);
          await letterFailed(trx, id, failed);
        }
        return true;
      });
    }
  };
}

/** Null when the letter left, else why not. */
async function leaves(
  send: Send,
  { to, subject, text }: { to: string | null; subject: string; text: string },
): Promise<string | null> {
  if (!to) return 'no-address';
  try {
    await send({ to, subject, text });
    return null;
  } catch (error) {
    return (error as Error).message.slice(0, LONGEST_ERROR);
  }
}
