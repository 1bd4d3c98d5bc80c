-- The duties that contracts still owe, each on the day it is due: what a person sees across purchases, however long none of them has changed. The
-- documents hold them with all their history; these rows are written anew with each change, as the other columns of a purchase are. The table
-- before was never written.
DROP TABLE proviso.obligation;

CREATE TABLE proviso.owed (
  tenant uuid NOT NULL,
  purchase uuid NOT NULL,
  -- Of the obligation, as its document names it.
  obligation text NOT NULL,
  owner text NOT NULL,
  -- The end of its day, where the purchase is.
  due timestamptz NOT NULL,
  PRIMARY KEY (tenant, purchase, obligation),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id)
);
CREATE INDEX owed_due ON proviso.owed (tenant, due);
CREATE INDEX owed_owner ON proviso.owed (tenant, owner, due);
CALL proviso.keep_apart('proviso.owed');

INSERT INTO proviso.owed (tenant, purchase, obligation, owner, due)
  SELECT p.tenant, p.id, o ->> 'id', o ->> 'owner',
    ((o ->> 'due')::date + 1)::timestamp AT TIME ZONE (p.document #>> '{description,zone}') - interval '1 millisecond'
  FROM proviso.purchase p, jsonb_path_query(p.document, 'lax $.obligations[*] ? (@.state == "open")') o
  WHERE p.state <> 'ended' OR o ->> 'kind' = 'exit' OR (o ->> 'due') <= left(p.document #>> '{ended,at}', 10);

-- What a person uploads has a name: a letter, a report. Texts of suppliers have none.
ALTER TABLE proviso.purchase_file ADD COLUMN name text;
