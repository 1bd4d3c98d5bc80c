-- How people sign in (tables of better-auth 1.7), how they join, and their keys for opening offers.

-- An account belongs to no organisation: it may lead to several. Its rows lie under a tenant of their own that no organisation has, the
-- nil UUID, so that row-level security keeps them from every other piece of work, and a backup holds them.
CREATE TABLE proviso.auth_user (
  tenant uuid NOT NULL DEFAULT proviso.current_tenant(),
  id text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  email_verified boolean NOT NULL,
  image text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  two_factor_enabled boolean,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, email)
);
CALL proviso.keep_apart('proviso.auth_user');

CREATE TABLE proviso.auth_session (
  tenant uuid NOT NULL DEFAULT proviso.current_tenant(),
  id text NOT NULL,
  expires_at timestamptz NOT NULL,
  token text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  user_id text NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, token),
  FOREIGN KEY (tenant, user_id) REFERENCES proviso.auth_user (tenant, id) ON DELETE CASCADE
);
CREATE INDEX auth_session_user_id_idx ON proviso.auth_session (user_id);
CALL proviso.keep_apart('proviso.auth_session');

CREATE TABLE proviso.auth_account (
  tenant uuid NOT NULL DEFAULT proviso.current_tenant(),
  id text NOT NULL,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  -- scrypt, with its salt.
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES proviso.auth_user (tenant, id) ON DELETE CASCADE
);
CREATE INDEX auth_account_user_id_idx ON proviso.auth_account (user_id);
CALL proviso.keep_apart('proviso.auth_account');

CREATE TABLE proviso.auth_verification (
  tenant uuid NOT NULL DEFAULT proviso.current_tenant(),
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);
CREATE INDEX auth_verification_identifier_idx ON proviso.auth_verification (identifier);
CALL proviso.keep_apart('proviso.auth_verification');

CREATE TABLE proviso.auth_two_factor (
  tenant uuid NOT NULL DEFAULT proviso.current_tenant(),
  id text NOT NULL,
  -- Encrypted with the server's secret, as are the backup codes.
  secret text NOT NULL,
  backup_codes text NOT NULL,
  user_id text NOT NULL,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES proviso.auth_user (tenant, id) ON DELETE CASCADE
);
CREATE INDEX auth_two_factor_secret_idx ON proviso.auth_two_factor (secret);
CREATE INDEX auth_two_factor_user_id_idx ON proviso.auth_two_factor (user_id);
CALL proviso.keep_apart('proviso.auth_two_factor');

CREATE TABLE proviso.auth_passkey (
  tenant uuid NOT NULL DEFAULT proviso.current_tenant(),
  id text NOT NULL,
  name text,
  public_key text NOT NULL,
  user_id text NOT NULL,
  credential_id text NOT NULL,
  counter integer NOT NULL,
  device_type text NOT NULL,
  backed_up boolean NOT NULL,
  transports text,
  created_at timestamptz,
  aaguid text,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES proviso.auth_user (tenant, id) ON DELETE CASCADE
);
CREATE INDEX auth_passkey_user_id_idx ON proviso.auth_passkey (user_id);
CREATE INDEX auth_passkey_credential_id_idx ON proviso.auth_passkey (credential_id);
CALL proviso.keep_apart('proviso.auth_passkey');

-- A link with which a person takes up the membership that was made for them.
CREATE TABLE proviso.join_link (
  tenant uuid NOT NULL,
  person uuid NOT NULL,
  -- sha256 of the token; the token itself is only in the link.
  token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
  expires timestamptz NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  used timestamptz,
  -- A new link takes the place of the old.
  PRIMARY KEY (tenant, person),
  FOREIGN KEY (tenant, person) REFERENCES proviso.person (tenant, id)
);
CREATE UNIQUE INDEX join_link_token ON proviso.join_link (token_hash);
CALL proviso.keep_apart('proviso.join_link');

-- The public half of a person's key for opening offers, and the secret half under a passphrase that only they know.
CREATE TABLE proviso.opener_key (
  tenant uuid NOT NULL,
  person uuid NOT NULL,
  recipient text NOT NULL,
  fingerprint text NOT NULL,
  protected_identity text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, person),
  FOREIGN KEY (tenant, person) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.opener_key');

-- Asked before a tenant is known: whose link is this?
CREATE FUNCTION proviso.join_link_of(wanted bytea) RETURNS TABLE (tenant uuid, person uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT j.tenant, j.person FROM proviso.join_link j WHERE j.token_hash = wanted;
  END;

-- Has anybody set this workbench up?
CREATE FUNCTION proviso.is_set_up() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM proviso.tenant);
  END;

-- For the server's clock: which purchases are to be closed?
CREATE FUNCTION proviso.due_closings(at timestamptz) RETURNS TABLE (tenant uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    -- After a selection the buyer chooses among the candidates first.
    SELECT p.tenant, p.id FROM proviso.purchase p
    WHERE p.state = 'published' AND p.closing < due_closings.at AND p.document -> 'notice' ->> 'stage' = 'tender' ORDER BY p.closing;
  END;
CREATE INDEX purchase_due ON proviso.purchase (closing) WHERE state = 'published';
REVOKE ALL ON FUNCTION proviso.join_link_of, proviso.is_set_up, proviso.due_closings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.join_link_of, proviso.is_set_up, proviso.due_closings TO proviso_app;

-- A demand is named by the hash of its very text, and jsonb would put its members in another order.
ALTER TABLE proviso.demand_version ALTER COLUMN file TYPE json;
