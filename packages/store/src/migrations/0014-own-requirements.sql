-- What an organisation asks beside the catalogue, each version as it was written. A version that a demand may rest on does not change, and none
-- is deleted: a requirement is retired by a version that says so.
CREATE TABLE proviso.own_requirement (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id text NOT NULL CHECK (id ~ '^OWN-[0-9]{2}$'),
  version integer NOT NULL CHECK (version > 0),
  entry json NOT NULL,
  retired boolean NOT NULL DEFAULT false,
  by uuid NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id, version),
  FOREIGN KEY (tenant, by) REFERENCES proviso.person (tenant, id)
);
CALL proviso.keep_apart('proviso.own_requirement', 'SELECT, INSERT');

-- Which edition a kept demand rests on, without reading the demand.
ALTER TABLE proviso.demand_version
  ADD COLUMN edition text GENERATED ALWAYS AS (file #>> '{demand,catalogue,edition}') STORED,
  ADD COLUMN edition_hash text GENERATED ALWAYS AS (file #>> '{demand,catalogue,hash}') STORED;
CREATE INDEX demand_version_edition ON proviso.demand_version (tenant, edition_hash, created DESC);
