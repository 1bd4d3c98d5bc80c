/** What stands behind the `#` of a supplier's page. Browsers send it to no server. */
export interface Link {
  /** From the buyer's letter; goes in a header. */
  token: string;
  /** Made in this browser; null in the link as the buyer's letter has it. It goes nowhere. */
  secret: string | null;
}

const TOKEN = /^[A-Za-z0-9_-]{16,200}$/;

/** The link out of a fragment, or out of a whole address that somebody pasted; null where it is none. */
export function readLink(text: string): Link | null {
  const fragment = text.trim().split('#').at(-1) ?? '';
  const [token = '', secret, ...more] = fragment.split('.');
  if (!TOKEN.test(token) || more.length > 0) return null;
  return { token, secret: secret ? secret : null };
}

/** The fragment with its `#`. */
export function fragmentOf({ token, secret }: Link): string {
  return secret === null ? `#${token}` : `#${token}.${secret}`;
}
