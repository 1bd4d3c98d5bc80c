/** Where the lab's name servers are. `leaf6` is the leaf's too; `twin` holds the same zones, but for those that are to differ. */
export const ADDRESS = {
  root: '127.0.53.1',
  test: '127.0.53.2',
  leaf: '127.0.53.3',
  leaf6: '::1',
  twin: '127.0.53.4',
  unbound: '127.0.53.53',
  /** Where nothing listens. */
  nobody: '127.0.53.99',
} as const;
