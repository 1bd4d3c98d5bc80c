-- Tenants, and how their rows are kept apart. Every later table has the column `tenant` and calls keep_apart.

CREATE FUNCTION proviso.current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('proviso.tenant', true), '')::uuid;

-- Rows of the current tenant only, for everybody but the owner role, who migrates, backs up and owns the few functions below.
CREATE PROCEDURE proviso.keep_apart(kept regclass, allowed text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', kept);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', kept);
  -- The sub-select is evaluated once for a statement, not once for a row.
  EXECUTE format('CREATE POLICY of_tenant ON %s TO proviso_app USING (tenant = (SELECT proviso.current_tenant()))
    WITH CHECK (tenant = (SELECT proviso.current_tenant()))', kept);
  EXECUTE format('CREATE POLICY of_owner ON %s TO proviso_owner USING (true) WITH CHECK (true)', kept);
  EXECUTE format('GRANT %s ON %s TO proviso_app', allowed, kept);
END $$;
REVOKE ALL ON PROCEDURE proviso.keep_apart FROM PUBLIC;

CREATE TABLE proviso.tenant (
  tenant uuid PRIMARY KEY,
  name text NOT NULL,
  created timestamptz NOT NULL DEFAULT now()
);
CALL proviso.keep_apart('proviso.tenant', 'SELECT, INSERT, UPDATE');

-- A person as one organisation knows them: it alone answers for these data, and erases them. `account` is the sign-in, which
-- may lead to several organisations.
CREATE TABLE proviso.person (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  account text,
  email text,
  name text,
  created timestamptz NOT NULL DEFAULT now(),
  erased_at timestamptz,
  PRIMARY KEY (tenant, id),
  CHECK (erased_at IS NULL OR (email IS NULL AND name IS NULL AND account IS NULL))
);
CREATE UNIQUE INDEX person_email ON proviso.person (tenant, lower(email));
CREATE UNIQUE INDEX person_account ON proviso.person (account, tenant);
CALL proviso.keep_apart('proviso.person');

CREATE TABLE proviso.membership (
  tenant uuid NOT NULL,
  person uuid NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, person),
  FOREIGN KEY (tenant, person) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.membership');

CREATE TABLE proviso.setting (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  name text NOT NULL,
  value jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, name)
);
CALL proviso.keep_apart('proviso.setting');

-- Asked before a tenant is known: where may this account work?
CREATE FUNCTION proviso.memberships_of(wanted text)
  RETURNS TABLE (tenant uuid, tenant_name text, person uuid, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    SELECT p.tenant, t.name, p.id, m.roles
    FROM proviso.person p JOIN proviso.membership m ON m.tenant = p.tenant AND m.person = p.id
    JOIN proviso.tenant t ON t.tenant = p.tenant
    WHERE p.account = wanted ORDER BY t.name, t.tenant;
  END;
REVOKE ALL ON FUNCTION proviso.memberships_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.memberships_of TO proviso_app;
