/** What kind of refusal it is, for a program; the message is for people. */
export type StoreErrorCode =
  | 'data-folder'
  | 'in-use'
  | 'other-version'
  | 'start-failed'
  | 'rights'
  | 'newer-database'
  | 'edited-migration'
  | 'missing'
  | 'conflict'
  | 'not-empty'
  | 'damaged-backup'
  | 'damaged-file'
  | 'no-file'
  | 'file-gone'
  | 'file-too-large'
  | 'file-store';

/** Something outside the program is not as it must be. The message says what, where and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
