import type { webcrypto } from 'node:crypto';
import type { Catalogue } from '@proviso/catalogue';
import type { FileStore, Jobs, Store } from '@proviso/store';

/** What the routes work with; made once when the server starts. */
export interface Deps {
  store: Store;
  files: FileStore;
  jobs: Jobs;
  catalogue: Catalogue;
  /** Deadlines go by this clock. */
  now(): Date;
  /** Where people reach the workbench, for links in letters: `https://proviso.example`, without a slash at the end. */
  baseUrl: string;
  /** Signs receipts: a private JWK (Ed25519). */
  receiptKey: webcrypto.JsonWebKey;
  log(line: string): void;
  /** Folder of the built pages, with what offline forms are made from; left out where there are none. */
  pages?: string | null;
}
