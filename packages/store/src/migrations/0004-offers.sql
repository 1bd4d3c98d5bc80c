-- Offers from draft to score, the shares of the key that opens them, and what was promised.

CREATE TABLE proviso.file (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  media text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, sha256)
);
CREATE INDEX file_sha256 ON proviso.file (sha256);
CALL proviso.keep_apart('proviso.file', 'SELECT, INSERT, DELETE');

-- The store of bytes is one for all tenants: bytes go when no tenant has them.
CREATE FUNCTION proviso.file_is_kept(wanted bytea) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM proviso.file f WHERE f.sha256 = wanted);
  END;
REVOKE ALL ON FUNCTION proviso.file_is_kept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.file_is_kept TO proviso_app;

-- Encrypted with a secret that only the supplier's link holds.
CREATE TABLE proviso.draft (
  tenant uuid NOT NULL,
  invitation uuid NOT NULL,
  part text NOT NULL,
  ciphertext bytea NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, invitation, part),
  FOREIGN KEY (tenant, invitation) REFERENCES proviso.invitation (tenant, id)
);
CALL proviso.keep_apart('proviso.draft');

CREATE TABLE proviso.share (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  part text NOT NULL,
  -- Null for a recovery share, which no account holds.
  holder uuid,
  ciphertext bytea NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, purchase, part),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, holder) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.share', 'SELECT, INSERT, DELETE');

CREATE TABLE proviso.offer (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  lot text,
  supplier uuid NOT NULL,
  invitation uuid,
  received_at timestamptz NOT NULL,
  late boolean NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  manifest jsonb NOT NULL,
  replaced_by uuid,
  opened_at timestamptz,
  answers jsonb,
  price jsonb,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, purchase, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, supplier) REFERENCES proviso.supplier (tenant, id),
  FOREIGN KEY (tenant, purchase, invitation) REFERENCES proviso.invitation (tenant, purchase, id),
  FOREIGN KEY (tenant, sha256) REFERENCES proviso.file (tenant, sha256),
  -- Looked at when the transaction ends: the old offer is put aside before the new one comes.
  FOREIGN KEY (tenant, purchase, replaced_by) REFERENCES proviso.offer (tenant, purchase, id) DEFERRABLE INITIALLY DEFERRED,
  CHECK (replaced_by <> id),
  -- Nothing is known of an offer before it is opened.
  CHECK (opened_at IS NOT NULL OR (answers IS NULL AND price IS NULL))
);
CREATE INDEX offer_purchase ON proviso.offer (tenant, purchase, received_at, id);
CREATE INDEX offer_sha256 ON proviso.offer (tenant, sha256);
CREATE INDEX offer_supplier ON proviso.offer (tenant, supplier, received_at);
-- One standing offer for a supplier and lot.
CREATE UNIQUE INDEX offer_standing ON proviso.offer (tenant, purchase, supplier, coalesce(lot, '')) WHERE replaced_by IS NULL AND NOT late;
CALL proviso.keep_apart('proviso.offer');

CREATE TABLE proviso.offer_file (
  tenant uuid NOT NULL,
  offer uuid NOT NULL,
  name text NOT NULL,
  sha256 bytea NOT NULL,
  PRIMARY KEY (tenant, offer, name),
  FOREIGN KEY (tenant, offer) REFERENCES proviso.offer (tenant, id),
  FOREIGN KEY (tenant, sha256) REFERENCES proviso.file (tenant, sha256)
);
CREATE INDEX offer_file_sha256 ON proviso.offer_file (tenant, sha256);
CALL proviso.keep_apart('proviso.offer_file');

CREATE TABLE proviso.score (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  offer uuid NOT NULL,
  requirement text NOT NULL,
  evaluator uuid NOT NULL,
  -- Null: abstained, with the reason.
  value double precision,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, purchase, offer, requirement, evaluator),
  FOREIGN KEY (tenant, purchase, offer) REFERENCES proviso.offer (tenant, purchase, id),
  FOREIGN KEY (tenant, evaluator) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.score');

CREATE TABLE proviso.consensus (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  offer uuid NOT NULL,
  requirement text NOT NULL,
  value double precision,
  reason text NOT NULL,
  by uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, purchase, offer, requirement),
  FOREIGN KEY (tenant, purchase, offer) REFERENCES proviso.offer (tenant, purchase, id),
  FOREIGN KEY (tenant, by) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.consensus');

CREATE TABLE proviso.obligation (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  offer uuid NOT NULL,
  requirement text NOT NULL,
  owner uuid,
  due date,
  evidence jsonb NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, purchase, offer, requirement),
  FOREIGN KEY (tenant, purchase, offer) REFERENCES proviso.offer (tenant, purchase, id),
  FOREIGN KEY (tenant, owner) REFERENCES proviso.person (tenant, id)
);
CREATE INDEX obligation_due ON proviso.obligation (tenant, due);
CALL proviso.keep_apart('proviso.obligation');
