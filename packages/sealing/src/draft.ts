import * as z from 'zod/mini';
import { createKeyPair, type KeyPair, recipientOf } from './age.ts';
import { canonicalJson } from './canonical.ts';
import { checkedJson, ID } from './checked.ts';
import { SealingError } from './errors.ts';
import { openJson, sealJson } from './sealed.ts';

/** What is left of a hybrid age identity without its prefix: 32 bytes and a checksum, in bech32 (BIP 173). */
const LINK_CHARACTERS = 58;

const PREFIX = 'AGE-SECRET-KEY-PQ-1';

/** The key of a supplier's drafts, and the text that carries it in the fragment of the supplier's link. */
export interface LinkSecret extends KeyPair {
  text: string;
}

/**
 * A new secret for drafts, made in the supplier's browser at the first visit and put behind the `#` of its own address, which no browser
 * sends. Made by the server it would be none.
 */
export async function createLinkSecret(): Promise<LinkSecret> {
  const pair = await createKeyPair();
  return { ...pair, text: pair.identity.slice(PREFIX.length).toLowerCase() };
}

/**
 * The secret out of a link's fragment, checked by its checksum.
 * @throws SealingError `link-incomplete` when characters are missing or too many, `link-damaged` when some are wrong
 */
export async function readLinkSecret(text: string): Promise<LinkSecret> {
  const bare = text.trim().replace(/^#/, '');
  if (bare.length !== LINK_CHARACTERS)
    throw new SealingError(
      'link-incomplete',
      `The end of the link has ${bare.length} characters and should have ${LINK_CHARACTERS}. Copy all of the link, and nothing after it.`,
    );
  const identity = PREFIX + bare.toUpperCase();
  try {
    return { text: bare.toLowerCase(), identity, recipient: await recipientOf(identity) };
  } catch {
    throw new SealingError(
      'link-damaged',
      'The end of the link was changed on its way. Copy the link again from where you kept it.',
    );
  }
}

const DRAFT = z.object({
  schema: z.literal('proviso.draft/1'),
  purchase: ID,
  invitation: ID,
  content: z.unknown(),
});

/** What a draft belongs to. The demand may change under a draft, so it is not bound. */
export interface DraftBinding {
  purchase: string;
  invitation: string;
}

/** A draft of an offer, any JSON, sealed to the supplier's own link. @throws SealingError `not-json`, `too-big` */
export function sealDraft(content: unknown, binding: DraftBinding, link: LinkSecret): Promise<Uint8Array<ArrayBuffer>> {
  const { purchase, invitation } = binding;
  return sealJson(link.recipient, canonicalJson({ schema: 'proviso.draft/1', purchase, invitation, content }));
}

/**
 * The content of a draft.
 * @throws SealingError `wrong-key` when it belongs to another link, `wrong-purchase`, `wrong-invitation`, `not-a-draft`; also what `openJson`
 * throws
 */
export async function openDraft(sealed: Uint8Array, binding: DraftBinding, link: LinkSecret): Promise<unknown> {
  const text = await openJson(link.identity, sealed);
  const draft = checkedJson(DRAFT, text, 'not-a-draft', 'Open the form anew; earlier drafts are not lost.');
  for (const field of ['purchase', 'invitation'] as const)
    if (draft[field] !== binding[field])
      throw new SealingError(
        `wrong-${field}`,
        `This draft belongs to another ${field}. Use the link that it was written with.`,
      );
  return draft.content;
}
