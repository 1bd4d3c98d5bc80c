-- Offline forms as they were published: a correction, or a newer Proviso, makes others, and whoever has an old one can tell which it is. The bytes
-- are files of the purchase. Rows only come.
CREATE TABLE proviso.offline_form (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  language text NOT NULL,
  sha256 bytea NOT NULL,
  bytes integer NOT NULL,
  -- What it asks, and until when.
  demand bytea NOT NULL,
  closing timestamptz NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant, purchase, version, language),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, purchase, sha256) REFERENCES proviso.purchase_file (tenant, purchase, sha256)
);
CALL proviso.keep_apart('proviso.offline_form', 'SELECT, INSERT');
