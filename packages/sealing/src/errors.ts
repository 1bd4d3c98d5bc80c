/** What went wrong; a page says it in its reader's language. */
export type SealingCode =
  | 'bad-recipient'
  | 'bad-input'
  | 'too-few-openers'
  | 'too-many-openers'
  | 'holder-twice'
  | 'recipient-twice'
  | 'reserved-holder'
  | 'weak-passphrase'
  | 'wrong-passphrase'
  | 'broken-identity'
  | 'broken-keys'
  | 'broken-share'
  | 'wrong-share'
  | 'tampered-share'
  | 'same-share'
  | 'not-a-holder'
  | 'wrong-secret'
  | 'wrong-key'
  | 'not-sealed'
  | 'damaged'
  | 'too-big'
  | 'not-json'
  | 'changed'
  | 'not-an-offer'
  | 'wrong-purchase'
  | 'wrong-lot'
  | 'wrong-invitation'
  | 'wrong-demand'
  | 'wrong-part'
  | 'wrong-submission'
  | 'wrong-file'
  | 'file-changed'
  | 'link-incomplete'
  | 'link-damaged'
  | 'not-a-draft'
  | 'not-a-receipt'
  | 'other-key'
  | 'bad-signature'
  | 'not-a-record'
  | 'not-a-sealed-offer'
  | 'cut-short'
  | 'other-keys'
  | 'unsupported';

/**
 * Something that was refused, with a code and a sentence that says what to do. It never carries the error it came from as `cause`: the
 * libraries below put the text they could not read into their messages, and that text may be a secret.
 */
export class SealingError extends Error {
  readonly code: SealingCode;

  constructor(code: SealingCode, message: string) {
    super(message);
    this.name = 'SealingError';
    this.code = code;
  }
}
