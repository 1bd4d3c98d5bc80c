/** Something in a study folder that a person has to put right; the message says what, and where. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
}
