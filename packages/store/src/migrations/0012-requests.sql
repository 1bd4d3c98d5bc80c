-- Requests to take part: what a supplier says of itself before it may make an offer, with its proof.

-- Their files are sent as they are. An offer names only sealed files, a request only plain ones.
ALTER TABLE proviso.upload ADD COLUMN plain boolean NOT NULL DEFAULT false;
ALTER TABLE proviso.upload DROP CONSTRAINT upload_pkey;
ALTER TABLE proviso.upload ADD PRIMARY KEY (tenant, invitation, sha256, plain);

-- What was sent does not change: a later request stands beside the earlier one, and the purchase's document says which counts.
CREATE TABLE proviso.request (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  purchase uuid NOT NULL,
  supplier uuid NOT NULL,
  invitation uuid NOT NULL,
  received_at timestamptz NOT NULL,
  late boolean NOT NULL,
  said jsonb NOT NULL,
  -- Of `said` as canonical JSON: by this the purchase's document and the receipt name it.
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  receipt jsonb NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, supplier) REFERENCES proviso.supplier (tenant, id),
  FOREIGN KEY (tenant, purchase, invitation) REFERENCES proviso.invitation (tenant, purchase, id)
);
CREATE INDEX request_purchase ON proviso.request (tenant, purchase, received_at, id);
CREATE INDEX request_supplier ON proviso.request (tenant, supplier, received_at);
CALL proviso.keep_apart('proviso.request', 'SELECT, INSERT');

CREATE TABLE proviso.request_file (
  tenant uuid NOT NULL,
  request uuid NOT NULL,
  sha256 bytea NOT NULL,
  PRIMARY KEY (tenant, request, sha256),
  FOREIGN KEY (tenant, request) REFERENCES proviso.request (tenant, id),
  FOREIGN KEY (tenant, sha256) REFERENCES proviso.file (tenant, sha256)
);
CREATE INDEX request_file_sha256 ON proviso.request_file (tenant, sha256);
CALL proviso.keep_apart('proviso.request_file', 'SELECT, INSERT');

-- The one place that says what names a file. A later table that refers to files is added here.
CREATE OR REPLACE FUNCTION proviso.file_is_named(owner uuid, wanted bytea) RETURNS boolean
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM proviso.offer o WHERE o.tenant = owner AND o.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.offer_file o WHERE o.tenant = owner AND o.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.document d WHERE d.tenant = owner AND d.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.purchase_file p WHERE p.tenant = owner AND p.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.request_file r WHERE r.tenant = owner AND r.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.upload u WHERE u.tenant = owner AND u.sha256 = wanted);
  END;
