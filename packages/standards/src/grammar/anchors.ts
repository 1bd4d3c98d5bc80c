/** Which words start which grammar. A grammar looks only at what stands from such a word on. */
export const GRAMMARS = [
  'ietf',
  'nist',
  'nistNumber',
  'iso',
  'isoNumber',
  'ieee',
  'ieeeNumber',
  'etsi',
  'gpp',
  'itu',
  'euLaw',
  'acts',
] as const;
export type GrammarName = (typeof GRAMMARS)[number];

/** The prefixes of national bodies, the numbers of well-known standards and the words for acts are added from data. */
export const GRAMMAR_ANCHORS: Partial<Record<GrammarName, readonly string[]>> = {
  ietf: ['RFC', 'RFCs', 'BCP', 'STD', 'IETF', 'Request for Comments', 'Request for Comment'],
  nist: [
    'NIST',
    'NISTIR',
    'NISTIRs',
    'SP',
    'SPs',
    'S.P.',
    'Special Publication',
    'Special Publications',
    'National Institute of Standards and Technology',
    'FIPS',
    'Federal Information Processing Standard',
    'Federal Information Processing Standards',
    'CSWP',
  ],
  nistNumber: ['800', '1800'],
  iso: ['ISO', 'IEC', 'CEI', 'CISPR', 'EN', 'prEN', 'FprEN', 'CEN', 'CENELEC', 'CLC', 'ENV', 'HD'],
  ieee: ['IEEE', 'ANSI/IEEE'],
  ieeeNumber: ['802'],
  etsi: ['ETSI', 'TS', 'TR', 'EG', 'ES', 'GS', 'GR'],
  gpp: ['3GPP', 'TS', 'TR'],
  itu: ['ITU', 'UIT', 'CCITT', 'X', 'G', 'H', 'E', 'T', 'Y', 'V'],
};
