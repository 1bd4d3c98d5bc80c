/** Versions on the wire (RFC 6101, 2246, 4346, 5246, 8446), oldest first. SSL 2.0 has a wire format of its own. */
export const VERSIONS = {
  'SSL 2.0': 0x0002,
  'SSL 3.0': 0x0300,
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
} as const;

export type VersionName = keyof typeof VERSIONS;
export const VERSION_NAMES = Object.keys(VERSIONS) as VersionName[];

export function versionName(version: number): VersionName | null {
  return VERSION_NAMES.find((name) => VERSIONS[name] === version) ?? null;
}

/** Record types (RFC 8446 section 5.1). */
export const RECORD = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** Handshake messages (RFC 8446 section 4, RFC 5246 section 7.4, RFC 6066 section 8). */
export const MESSAGE = {
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateStatus: 22,
} as const;

/** Extensions (IANA TLS ExtensionType Values). */
export const EXTENSION = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  heartbeat: 15,
  alpn: 16,
  certificateTimestamps: 18,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  supportedVersions: 43,
  pskModes: 45,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** Alerts that a probe must tell apart (RFC 8446 section 6, RFC 7507 section 3). */
export const ALERT = {
  closeNotify: 0,
  handshakeFailure: 40,
  illegalParameter: 47,
  protocolVersion: 70,
  insufficientSecurity: 71,
  inappropriateFallback: 86,
  userCanceled: 90,
  missingExtension: 109,
  unrecognizedName: 112,
  noApplicationProtocol: 120,
} as const;

/** Signals that stand in the list of suites (RFC 5746 section 3.3, RFC 7507 section 2). */
export const SIGNAL = { emptyRenegotiationInfo: 0x00ff, fallback: 0x5600 } as const;

/** The random of a ServerHello that is a HelloRetryRequest: SHA-256 of that word (RFC 8446 section 4.1.3). */
export const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');
