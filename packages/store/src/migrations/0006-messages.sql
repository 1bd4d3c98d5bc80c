-- What leaves: letters, calls to other systems; and the keys with which other systems come in.

CREATE TABLE proviso.outbox (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  to_person uuid,
  to_address text,
  subject text NOT NULL,
  body text NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  due timestamptz NOT NULL DEFAULT now(),
  last_error text,
  created timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, to_person) REFERENCES proviso.person (tenant, id),
  CHECK (num_nonnulls(to_person, to_address) = 1)
);
CREATE INDEX outbox_waiting ON proviso.outbox (tenant, due) WHERE state = 'waiting';
CREATE INDEX outbox_created ON proviso.outbox (tenant, created DESC, id DESC);
CALL proviso.keep_apart('proviso.outbox');

CREATE TABLE proviso.webhook (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  url text NOT NULL,
  -- Signs each delivery, so it cannot be kept as a hash.
  secret text NOT NULL,
  events text[] NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);
CALL proviso.keep_apart('proviso.webhook');

CREATE TABLE proviso.webhook_delivery (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  webhook uuid NOT NULL,
  event text NOT NULL,
  body jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  status integer,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, webhook) REFERENCES proviso.webhook (tenant, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_created ON proviso.webhook_delivery (tenant, webhook, created DESC);
CALL proviso.keep_apart('proviso.webhook_delivery');

CREATE TABLE proviso.api_key (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  -- sha256 of the key.
  hash bytea NOT NULL CHECK (length(hash) = 32),
  name text NOT NULL,
  scopes text[] NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  expires timestamptz,
  last_used timestamptz,
  revoked timestamptz,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX api_key_hash ON proviso.api_key (hash);
CALL proviso.keep_apart('proviso.api_key');

-- Asked before a tenant is known: whose key is this?
CREATE FUNCTION proviso.api_key_of(wanted bytea) RETURNS TABLE (tenant uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT k.tenant, k.id FROM proviso.api_key k WHERE k.hash = wanted;
  END;

-- For workers: which tenants have letters that wait?
CREATE FUNCTION proviso.tenants_with_mail() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT DISTINCT o.tenant FROM proviso.outbox o WHERE o.state = 'waiting' AND o.due <= now();
  END;
REVOKE ALL ON FUNCTION proviso.api_key_of, proviso.tenants_with_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.api_key_of, proviso.tenants_with_mail TO proviso_app;
