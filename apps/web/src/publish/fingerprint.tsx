import { type ReactNode, use } from 'react';

const known = new Map<string, Promise<string>>();

/** Worked out here, not taken from the server: it is what people compare. The room for sealing is fetched only for this. */
function fingerprint(recipient: string): Promise<string> {
  let found = known.get(recipient);
  if (!found) {
    found = import('@proviso/sealing').then(({ fingerprintOf }) => fingerprintOf(recipient));
    known.set(recipient, found);
  }
  return found;
}

/** A public key's fingerprint in groups that can be read aloud. */
export function Fingerprint({ recipient }: { recipient: string }): ReactNode {
  return <FingerprintText text={use(fingerprint(recipient))} />;
}

export function FingerprintText({ text }: { text: string }): ReactNode {
  return <code className="fingerprint">{text}</code>;
}
