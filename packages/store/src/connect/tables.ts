import type { ColumnType, Generated, JSONColumnType } from 'kysely';

// The rows of src/migrations/*.sql, in the names of the code. `connect/tables.test.ts` compares the two.

type Uuid = string;
type Time = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** Filled in by the database when it is not given. */
type TimeOfInsert = ColumnType<Date, Date | string | undefined, Date | string>;
/** A shape that belongs to another room. */
type Json = JSONColumnType<object>;
type MaybeJson = ColumnType<object | null, string | null | undefined, string | null>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** `YYYY-MM-DD`. */

export interface Tables {
  tenant: { tenant: Uuid; name: string; created: TimeOfInsert };
  person: {
    tenant: Uuid;
    id: Uuid;
    account: Maybe<string>;
    email: Maybe<string>;
    name: Maybe<string>;
    created: TimeOfInsert;
    erasedAt: MaybeTime;
  };
  membership: { tenant: Uuid; person: Uuid; roles: string[]; since: TimeOfInsert };
  setting: {
    tenant: Uuid;
    name: string;
    value: ColumnType<unknown, string, string>;
    version: Generated<number>;
    updated: TimeOfInsert;
  };
  purchase: {
    tenant: Uuid;
    id: Uuid;
    reference: string;
    title: string;
    state: string;
    procedure: string;
    language: string;
    closing: MaybeTime;
    document: Json;
    version: Generated<number>;
    created: TimeOfInsert;
    updated: TimeOfInsert;
  };
  demandVersion: {
    tenant: Uuid;
    purchase: Uuid;
    n: number;
    file: Json;
    hash: Buffer;
    created: TimeOfInsert;
    by: Uuid;
    edition: ColumnType<string | null, never, never>;
    editionHash: ColumnType<string | null, never, never>;
  };
  ownRequirement: {
    tenant: Uuid;
    id: string;
    version: number;
    entry: Json;
    retired: Generated<boolean>;
    by: Uuid;
    created: TimeOfInsert;
  };
  supplier: {
    tenant: Uuid;
    id: Uuid;
    name: string;
    email: Maybe<string>;
    country: Maybe<string>;
    version: Generated<number>;
    created: TimeOfInsert;
    updated: TimeOfInsert;
  };
  invitation: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    supplier: Uuid;
    tokenHash: Buffer;
    created: TimeOfInsert;
    expires: Time;
    revoked: MaybeTime;
    lastUsed: MaybeTime;
  };
  clarification: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    askedByInvitation: Maybe<Uuid>;
    question: string;
    answer: Maybe<string>;
    askedAt: TimeOfInsert;
    answeredAt: MaybeTime;
    answeredBy: Maybe<Uuid>;
    version: Generated<number>;
  };
  comment: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    subject: string;
    author: Uuid;
    text: string;
    at: TimeOfInsert;
    resolved: MaybeTime;
  };
  file: { tenant: Uuid; sha256: Buffer; bytes: number; media: string; created: TimeOfInsert };
  draft: {
    tenant: Uuid;
    invitation: Uuid;
    part: string;
    ciphertext: Buffer;
    version: Generated<number>;
    updated: TimeOfInsert;
  };
  share: {
    tenant: Uuid;
    purchase: Uuid;
    part: string;
    holder: Maybe<Uuid>;
    ciphertext: Buffer;
    created: TimeOfInsert;
    round: Generated<number>;
    recipient: Maybe<string>;
  };
  offer: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    lot: Maybe<string>;
    supplier: Uuid;
    invitation: Maybe<Uuid>;
    receivedAt: Time;
    late: boolean;
    sha256: Buffer;
    bytes: number;
    manifest: Json;
    replacedBy: Maybe<Uuid>;
    openedAt: MaybeTime;
    answers: MaybeJson;
    price: MaybeJson;
    version: Generated<number>;
    round: Generated<number>;
  };
  offerFile: { tenant: Uuid; offer: Uuid; name: string; sha256: Buffer };
  upload: { tenant: Uuid; invitation: Uuid; sha256: Buffer; at: TimeOfInsert; plain: Generated<boolean> };
  request: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    supplier: Uuid;
    invitation: Uuid;
    receivedAt: Time;
    late: boolean;
    said: Json;
    sha256: Buffer;
    receipt: Json;
  };
  requestFile: { tenant: Uuid; request: Uuid; sha256: Buffer; problem: Maybe<string>; checked: MaybeTime };
  offlineForm: {
    tenant: Uuid;
    purchase: Uuid;
    version: number;
    language: string;
    sha256: Buffer;
    bytes: number;
    demand: Buffer;
    closing: Time;
    at: Time;
  };
  probeConsent: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    supplier: Uuid;
    invitation: Uuid;
    targets: Json;
    perMinute: number;
    edition: number;
    language: string;
    textSha256: Buffer;
    signer: Maybe<string>;
    role: Maybe<string>;
    sha256: Buffer;
    given: Time;
    ended: MaybeTime;
    withdrawn: Generated<boolean>;
  };
  probePlan: {
    tenant: Uuid;
    purchase: Uuid;
    profile: Maybe<string>;
    every: Maybe<string>;
    version: Generated<number>;
    updated: TimeOfInsert;
  };
  probeRound: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    supplier: Uuid;
    consent: Uuid;
    by: Maybe<Uuid>;
    at: Time;
    done: MaybeTime;
  };
  probeRun: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    supplier: Uuid;
    round: Uuid;
    kind: 'host' | 'mail' | 'service';
    name: string;
    at: Time;
    bundle: Buffer;
    profile: string;
    asked: Buffer;
    place: string;
    counts: Json;
    results: Json;
  };
  probeWaiver: {
    tenant: Uuid;
    id: Uuid;
    purchase: Uuid;
    supplier: Uuid;
    name: string;
    checkId: string;
    until: string;
    reason: string;
    by: Uuid;
    at: Time;
    ended: MaybeTime;
  };
  purchaseFile: { tenant: Uuid; purchase: Uuid; sha256: Buffer; at: TimeOfInsert; name: Maybe<string> };
  purchaseKeys: { tenant: Uuid; purchase: Uuid; round: number; keys: Json; by: Uuid; created: TimeOfInsert };
  passedShare: {
    tenant: Uuid;
    purchase: Uuid;
    round: number;
    part: string;
    fromPerson: Uuid;
    toHolder: Maybe<Uuid>;
    ciphertext: Buffer;
    at: TimeOfInsert;
  };
  openingRecord: {
    tenant: Uuid;
    purchase: Uuid;
    round: number;
    part: string;
    record: Json;
    sha256: Buffer;
    created: TimeOfInsert;
  };
  score: {
    tenant: Uuid;
    purchase: Uuid;
    offer: Uuid;
    requirement: string;
    evaluator: Uuid;
    value: Maybe<number>;
    reason: string;
    at: TimeOfInsert;
    version: Generated<number>;
  };
  consensus: {
    tenant: Uuid;
    purchase: Uuid;
    offer: Uuid;
    requirement: string;
    value: Maybe<number>;
    reason: string;
    by: Uuid;
    at: TimeOfInsert;
    version: Generated<number>;
  };
  /** Duties of contracts that are still owed; their documents hold the rest. */
  owed: {
    tenant: Uuid;
    purchase: Uuid;
    obligation: string;
    owner: string;
    due: Time;
  };
  document: {
    tenant: Uuid;
    id: Uuid;
    purchase: Maybe<Uuid>;
    name: string;
    sha256: Buffer;
    bytes: number;
    format: Maybe<string>;
    language: Maybe<string>;
    pages: Maybe<number>;
    reading: MaybeJson;
    at: TimeOfInsert;
    brief: ColumnType<unknown, never, never>;
  };
  passage: {
    tenant: Uuid;
    document: Uuid;
    n: number;
    page: Maybe<number>;
    heading: Maybe<string>;
    language: Maybe<string>;
    text: string;
    words: ColumnType<string, never, never>;
    tsv: ColumnType<string, never, never>;
  };
  outbox: {
    tenant: Uuid;
    id: Uuid;
    toPerson: Maybe<Uuid>;
    toAddress: Maybe<string>;
    subject: string;
    body: string;
    state: Generated<'waiting' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    due: TimeOfInsert;
    lastError: Maybe<string>;
    created: TimeOfInsert;
    sentAt: MaybeTime;
    hiddenUntil: MaybeTime;
  };
  webhook: { tenant: Uuid; id: Uuid; url: string; secret: string; events: string[]; created: TimeOfInsert };
  webhookDelivery: {
    tenant: Uuid;
    id: Uuid;
    webhook: Uuid;
    event: string;
    body: Json;
    state: Generated<'waiting' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    status: Maybe<number>;
    created: TimeOfInsert;
    lastError: Maybe<string>;
  };
  apiKey: {
    tenant: Uuid;
    id: Uuid;
    hash: Buffer;
    name: string;
    scopes: string[];
    created: TimeOfInsert;
    expires: MaybeTime;
    lastUsed: MaybeTime;
    revoked: MaybeTime;
  };
  // Accounts and sessions: they lie under a tenant of their own, the nil UUID.
  authUser: {
    tenant: Generated<Uuid>;
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    image: Maybe<string>;
    createdAt: TimeOfInsert;
    updatedAt: TimeOfInsert;
    twoFactorEnabled: Maybe<boolean>;
  };
  authSession: {
    tenant: Generated<Uuid>;
    id: string;
    expiresAt: Time;
    token: string;
    createdAt: TimeOfInsert;
    updatedAt: Time;
    ipAddress: Maybe<string>;
    userAgent: Maybe<string>;
    userId: string;
  };
  authAccount: {
    tenant: Generated<Uuid>;
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    accessToken: Maybe<string>;
    refreshToken: Maybe<string>;
    idToken: Maybe<string>;
    accessTokenExpiresAt: MaybeTime;
    refreshTokenExpiresAt: MaybeTime;
    scope: Maybe<string>;
    password: Maybe<string>;
    createdAt: TimeOfInsert;
    updatedAt: Time;
  };
  authVerification: {
    tenant: Generated<Uuid>;
    id: string;
    identifier: string;
    value: string;
    expiresAt: Time;
    createdAt: TimeOfInsert;
    updatedAt: TimeOfInsert;
  };
  authTwoFactor: {
    tenant: Generated<Uuid>;
    id: string;
    secret: string;
    backupCodes: string;
    userId: string;
    verified: Maybe<boolean>;
    failedVerificationCount: Maybe<number>;
    lockedUntil: MaybeTime;
  };
  authPasskey: {
    tenant: Generated<Uuid>;
    id: string;
    name: Maybe<string>;
    publicKey: string;
    userId: string;
    credentialId: string;
    counter: number;
    deviceType: string;
    backedUp: boolean;
    transports: Maybe<string>;
    createdAt: MaybeTime;
    aaguid: Maybe<string>;
  };
  joinLink: { tenant: Uuid; person: Uuid; tokenHash: Buffer; expires: Time; created: TimeOfInsert; used: MaybeTime };
  openerKey: {
    tenant: Uuid;
    person: Uuid;
    recipient: string;
    fingerprint: string;
    protectedIdentity: string;
    created: TimeOfInsert;
  };
  logHead: { tenant: Uuid; seq: number; hash: Buffer };
  logEntry: {
    tenant: Uuid;
    seq: number;
    at: Time;
    actor: string;
    action: string;
    subjectType: string;
    subjectId: string;
    contentHash: Buffer;
    previous: Buffer;
    hash: Buffer;
  };
  logContent: { tenant: Uuid; seq: number; salt: Buffer; content: string; persons: Uuid[] };
}
