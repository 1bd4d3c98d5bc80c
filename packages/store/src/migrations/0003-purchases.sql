-- A purchase, what it demands, whom it invites, what is asked and said about it.
-- `document`, `file`, `manifest` … are jsonb where their shape belongs to another room. States are procurement's words.

CREATE TABLE proviso.purchase (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  reference text NOT NULL,
  title text NOT NULL,
  state text NOT NULL,
  procedure text NOT NULL,
  language text NOT NULL,
  closing timestamptz,
  document jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, reference)
);
CREATE INDEX purchase_updated ON proviso.purchase (tenant, updated DESC, id DESC);
CREATE INDEX purchase_state ON proviso.purchase (tenant, state, updated DESC, id DESC);
CREATE INDEX purchase_closing ON proviso.purchase (tenant, closing);
CALL proviso.keep_apart('proviso.purchase');

CREATE TABLE proviso.demand_version (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  file jsonb NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  created timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL,
  PRIMARY KEY (tenant, purchase, n),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, by) REFERENCES proviso.person (tenant, id)
);
-- A version that somebody approved or answered does not change.
CALL proviso.keep_apart('proviso.demand_version', 'SELECT, INSERT');

CREATE TABLE proviso.supplier (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  name text NOT NULL,
  email text,
  country text,
  version integer NOT NULL DEFAULT 1,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);
CREATE INDEX supplier_name ON proviso.supplier (tenant, name, id);
CALL proviso.keep_apart('proviso.supplier');

CREATE TABLE proviso.invitation (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  supplier uuid NOT NULL,
  -- sha256 of the token; the token itself is only in the link.
  token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
  created timestamptz NOT NULL DEFAULT now(),
  expires timestamptz NOT NULL,
  revoked timestamptz,
  last_used timestamptz,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, purchase, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, supplier) REFERENCES proviso.supplier (tenant, id)
);
CREATE UNIQUE INDEX invitation_token ON proviso.invitation (token_hash);
CREATE INDEX invitation_supplier ON proviso.invitation (tenant, supplier);
CALL proviso.keep_apart('proviso.invitation');

-- Asked before a tenant is known: whose link is this?
CREATE FUNCTION proviso.invitation_of(wanted bytea) RETURNS TABLE (tenant uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT i.tenant, i.id FROM proviso.invitation i WHERE i.token_hash = wanted;
  END;
REVOKE ALL ON FUNCTION proviso.invitation_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.invitation_of TO proviso_app;

CREATE TABLE proviso.clarification (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  -- Never shown to suppliers. Null when the buyer states something unasked.
  asked_by_invitation uuid,
  question text NOT NULL,
  answer text,
  asked_at timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz,
  answered_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, purchase, asked_by_invitation) REFERENCES proviso.invitation (tenant, purchase, id),
  FOREIGN KEY (tenant, answered_by) REFERENCES proviso.person (tenant, id),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX clarification_purchase ON proviso.clarification (tenant, purchase, asked_at);
CALL proviso.keep_apart('proviso.clarification');

CREATE TABLE proviso.comment (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  -- What of the purchase it is about: 'requirement:…', 'clause:…'.
  subject text NOT NULL,
  author uuid NOT NULL,
  text text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  resolved timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, author) REFERENCES proviso.person (tenant, id)
);
CREATE INDEX comment_purchase ON proviso.comment (tenant, purchase, subject, at);
CALL proviso.keep_apart('proviso.comment');
