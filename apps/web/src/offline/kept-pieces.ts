import type { Say } from '@proviso/publishing/form-client';
import type { KeptFile, OfferFile } from '@proviso/sealing';

/** Sealed files of this page until the offer is sealed. */
export interface KeptPieces {
  keep(file: OfferFile, content: Blob): void;
  /** Those that an offer names, each once. */
  of(files: readonly OfferFile[]): KeptFile[];
}

export function keptPieces(): KeptPieces {
  const contents = new Map<string, Blob>();
  return {
    keep: (file, content) => void contents.set(file.sealed.sha256, content),
    of: (files) => {
      const each = new Map(files.map((file) => [file.sealed.sha256, file.sealed]));
      return [...each.values()].map((sealed) => ({ sealed, content: contents.get(sealed.sha256) ?? new Blob() }));
    },
  };
}

const CODES = ['bad-input', 'broken-keys', 'file-changed', 'too-big'];

/** What went wrong where nothing is sent, and what to do. */
export function sealingTrouble(error: unknown, say: Say): string {
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code === 'string' && CODES.includes(code)) return say(`trouble-${code}`);
  console.error(error);
  return say('trouble-unknown');
}
