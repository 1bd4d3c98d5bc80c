-- Files that nobody names are swept after a day. A row says who names a file; the document of a purchase names some by hash alone, so these
-- get rows as well.

CREATE TABLE proviso.purchase_file (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  sha256 bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, purchase, sha256),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, sha256) REFERENCES proviso.file (tenant, sha256)
);
CREATE INDEX purchase_file_sha256 ON proviso.purchase_file (tenant, sha256);
CALL proviso.keep_apart('proviso.purchase_file', 'SELECT, INSERT');

-- Explanations and answers to consultations, as they were kept up to now.
INSERT INTO proviso.purchase_file (tenant, purchase, sha256)
  SELECT p.tenant, p.id, f.sha256 FROM proviso.purchase p JOIN proviso.file f ON f.tenant = p.tenant
  WHERE f.media LIKE 'text/plain%' AND strpos(p.document::text, encode(f.sha256, 'hex')) > 0;

-- The one place that says what names a file. A later table that refers to files is added here.
CREATE FUNCTION proviso.file_is_named(owner uuid, wanted bytea) RETURNS boolean
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM proviso.offer o WHERE o.tenant = owner AND o.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.offer_file o WHERE o.tenant = owner AND o.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.document d WHERE d.tenant = owner AND d.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.purchase_file p WHERE p.tenant = owner AND p.sha256 = wanted)
      OR EXISTS (SELECT FROM proviso.upload u WHERE u.tenant = owner AND u.sha256 = wanted);
  END;
REVOKE ALL ON FUNCTION proviso.file_is_named FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.file_is_named TO proviso_app;
