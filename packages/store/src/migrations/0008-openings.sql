-- What sealed offers need beside themselves: the purchase's public keys, a share for each holder, shares on their way from one opener to
-- another, the record of an opening; and evaluators' agreements that only grow.

-- A null holder is the recovery share. One share for each part and holder; each round of offers has keys of its own.
ALTER TABLE proviso.share DROP CONSTRAINT share_pkey;
ALTER TABLE proviso.share ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round > 0);
CREATE UNIQUE INDEX share_holder ON proviso.share (tenant, purchase, round, part, holder) NULLS NOT DISTINCT;

-- Public keys that offers are sealed to, made in the buyer's browser. Made again only before their round begins.
CREATE TABLE proviso.purchase_keys (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  round integer NOT NULL CHECK (round > 0),
  keys jsonb NOT NULL,
  by uuid NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, purchase, round),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, by) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.purchase_keys', 'SELECT, INSERT, DELETE');

-- A share that one holder encrypted to another, for an opening. A null holder is the recovery share's. Gone when the opening is confirmed.
CREATE TABLE proviso.passed_share (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  round integer NOT NULL CHECK (round > 0),
  part text NOT NULL,
  from_person uuid NOT NULL,
  to_holder uuid,
  ciphertext bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, from_person) REFERENCES proviso.person (tenant, id),
  FOREIGN KEY (tenant, to_holder) REFERENCES proviso.person (tenant, id)
);
CREATE UNIQUE INDEX passed_share_way ON proviso.passed_share (tenant, purchase, round, part, from_person, to_holder) NULLS NOT DISTINCT;
CALL proviso.keep_apart('proviso.passed_share', 'SELECT, INSERT, DELETE');

-- Several of a part where it was opened again before a second opener confirmed it.
CREATE TABLE proviso.opening_record (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  round integer NOT NULL CHECK (round > 0),
  part text NOT NULL,
  record jsonb NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, purchase, sha256),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id)
);
CALL proviso.keep_apart('proviso.opening_record', 'SELECT, INSERT');

-- Which sealed files came by which link: an offer names only its own, and nobody learns what others have sent.
CREATE TABLE proviso.upload (
  tenant uuid NOT NULL,
  invitation uuid NOT NULL,
  sha256 bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, invitation, sha256),
  FOREIGN KEY (tenant, invitation) REFERENCES proviso.invitation (tenant, id),
  FOREIGN KEY (tenant, sha256) REFERENCES proviso.file (tenant, sha256)
);
CREATE INDEX upload_sha256 ON proviso.upload (tenant, sha256);
CALL proviso.keep_apart('proviso.upload');

-- `version` counts what was agreed on a cell; the last counts, and the earlier ones keep their reasons.
ALTER TABLE proviso.consensus DROP CONSTRAINT consensus_pkey;
ALTER TABLE proviso.consensus ADD PRIMARY KEY (tenant, purchase, offer, requirement, version);
REVOKE UPDATE, DELETE ON proviso.consensus FROM proviso_app;

-- Why a delivery to another system failed, and when it left.
ALTER TABLE proviso.webhook_delivery ADD COLUMN last_error text;

-- A letter to a bidder would tell who bids before the others' time is over: the outbox shows it from then on.
ALTER TABLE proviso.outbox ADD COLUMN hidden_until timestamptz;
