-- What suppliers let be looked at from outside, what was found, and what of it is accepted for a while.

-- A supplier's written consent: which names, how often at most, to which words, by whom. It is never changed: a new one takes its place.
CREATE TABLE proviso.probe_consent (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  supplier uuid NOT NULL,
  invitation uuid NOT NULL,
  targets jsonb NOT NULL,
  per_minute integer NOT NULL CHECK (per_minute > 0),
  -- The words that were signed: their edition, language and hash.
  edition integer NOT NULL,
  language text NOT NULL,
  text_sha256 bytea NOT NULL CHECK (length(text_sha256) = 32),
  signer text NOT NULL,
  role text NOT NULL,
  -- Of all of this: by it the log names the consent.
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  given timestamptz NOT NULL,
  -- Withdrawn, or replaced by a later one.
  ended timestamptz,
  withdrawn boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, purchase, supplier, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, supplier) REFERENCES proviso.supplier (tenant, id),
  FOREIGN KEY (tenant, purchase, invitation) REFERENCES proviso.invitation (tenant, purchase, id),
  CHECK (ended IS NOT NULL OR NOT withdrawn)
);
-- One stands at a time: without one nothing is looked at.
CREATE UNIQUE INDEX probe_consent_standing ON proviso.probe_consent (tenant, purchase, supplier) WHERE ended IS NULL;
CREATE INDEX probe_consent_given ON proviso.probe_consent (tenant, purchase, supplier, given);
CALL proviso.keep_apart('proviso.probe_consent', 'SELECT, INSERT, UPDATE');

-- By what and how often names are probed in a purchase; nothing where it is as the organisation has it.
CREATE TABLE proviso.probe_plan (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  profile text,
  every text CHECK (every IN ('off', 'weekly', 'monthly')),
  version integer NOT NULL DEFAULT 1,
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, purchase),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id)
);
CALL proviso.keep_apart('proviso.probe_plan', 'SELECT, INSERT, UPDATE');

-- Going over all names of a supplier once; begun by a person, or by the schedule (null).
CREATE TABLE proviso.probe_round (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  supplier uuid NOT NULL,
  consent uuid NOT NULL,
  by uuid,
  at timestamptz NOT NULL,
  done timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, purchase, supplier, consent) REFERENCES proviso.probe_consent (tenant, purchase, supplier, id)
);
CREATE INDEX probe_round_at ON proviso.probe_round (tenant, purchase, supplier, at);
CALL proviso.keep_apart('proviso.probe_round', 'SELECT, INSERT, UPDATE');

-- What one look at one name found; the proof is a signed file, named by its hash. Rows only come.
CREATE TABLE proviso.probe_run (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  supplier uuid NOT NULL,
  round uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('host', 'mail', 'service')),
  name text NOT NULL,
  at timestamptz NOT NULL,
  -- File of the signed bundle.
  bundle bytea NOT NULL,
  profile text NOT NULL,
  -- What the profile asked, as a hash: another one shows that it has changed since.
  asked bytea NOT NULL CHECK (length(asked) = 32),
  place text NOT NULL,
  counts jsonb NOT NULL,
  results jsonb NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, round, kind, name),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, supplier) REFERENCES proviso.supplier (tenant, id),
  FOREIGN KEY (tenant, round) REFERENCES proviso.probe_round (tenant, id),
  FOREIGN KEY (tenant, purchase, bundle) REFERENCES proviso.purchase_file (tenant, purchase, sha256)
);
CREATE INDEX probe_run_at ON proviso.probe_run (tenant, purchase, supplier, at);
CALL proviso.keep_apart('proviso.probe_run', 'SELECT, INSERT');

-- A failing check of a name that is accepted to the end of a day.
CREATE TABLE proviso.probe_waiver (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  supplier uuid NOT NULL,
  name text NOT NULL,
  check_id text NOT NULL,
  until date NOT NULL,
  reason text NOT NULL,
  by uuid NOT NULL,
  at timestamptz NOT NULL,
  ended timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, supplier) REFERENCES proviso.supplier (tenant, id)
);
CREATE UNIQUE INDEX probe_waiver_standing ON proviso.probe_waiver (tenant, purchase, supplier, name, check_id) WHERE ended IS NULL;
CREATE INDEX probe_waiver_until ON proviso.probe_waiver (tenant, until) WHERE ended IS NULL;
CALL proviso.keep_apart('proviso.probe_waiver', 'SELECT, INSERT, UPDATE');
