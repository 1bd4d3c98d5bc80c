/**
 * Bytes or text that are not what the protocol says. What is wrong is in the message; the sender's content never is.
 */
export class FormatError extends Error {
  override name = 'FormatError';
}
