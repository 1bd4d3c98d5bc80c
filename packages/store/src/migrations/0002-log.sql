-- The log: append-only, each entry bound to the one before. It holds ids and hashes. What happened in words lies in log_content
-- and may be erased: with its salt gone, the hash says nothing about it any more.

CREATE TABLE proviso.log_head (
  tenant uuid PRIMARY KEY REFERENCES proviso.tenant,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
CALL proviso.keep_apart('proviso.log_head', 'SELECT');

CREATE TABLE proviso.log_entry (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  seq bigint NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  -- 'system', or a kind with an id: 'person:…', 'invitation:…', 'key:…'.
  actor text NOT NULL CHECK (actor ~ '^[a-z]+(:[0-9A-Za-z-]{1,64})?$'),
  action text NOT NULL CHECK (action ~ '^[a-z][a-z0-9.-]{0,63}$'),
  subject_type text NOT NULL CHECK (subject_type ~ '^[a-z][a-z0-9-]{0,63}$'),
  subject_id text NOT NULL CHECK (subject_id ~ '^[!-~]{1,128}$'),
  content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
  previous bytea NOT NULL CHECK (length(previous) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant, seq)
);
CREATE INDEX log_entry_subject ON proviso.log_entry (tenant, subject_type, subject_id, seq);
CALL proviso.keep_apart('proviso.log_entry', 'SELECT');

CREATE TABLE proviso.log_content (
  tenant uuid NOT NULL,
  seq bigint NOT NULL,
  salt bytea NOT NULL,
  -- Text, since the hash is of these very bytes.
  content text NOT NULL,
  -- Whom the words are about.
  persons uuid[] NOT NULL,
  PRIMARY KEY (tenant, seq),
  FOREIGN KEY (tenant, seq) REFERENCES proviso.log_entry (tenant, seq)
);
CREATE INDEX log_content_persons ON proviso.log_content USING gin (persons);
CALL proviso.keep_apart('proviso.log_content', 'SELECT');

-- Stops the owner too; only a superuser gets past, and the chain shows it.
CREATE FUNCTION proviso.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proviso.log_entry
  FOR EACH STATEMENT EXECUTE FUNCTION proviso.refuse_change();
CREATE TRIGGER no_change BEFORE UPDATE OR TRUNCATE ON proviso.log_content
  FOR EACH STATEMENT EXECUTE FUNCTION proviso.refuse_change();

CREATE FUNCTION proviso.start_log() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO proviso.log_head (tenant, seq, hash) VALUES (NEW.tenant, 0, decode(repeat('00', 32), 'hex'));
  RETURN NULL;
END $$;
CREATE TRIGGER start_log AFTER INSERT ON proviso.tenant FOR EACH ROW EXECUTE FUNCTION proviso.start_log();

-- What is hashed: the lines that src/log/chain.ts describes.
CREATE FUNCTION proviso.log_hash(e proviso.log_entry) RETURNS bytea LANGUAGE sql STABLE
  RETURN sha256(convert_to(concat_ws(E'\n', 'proviso.log/1', e.tenant, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor, e.action, e.subject_type, e.subject_id,
    encode(e.content_hash, 'hex'), encode(e.previous, 'hex')), 'UTF8'));

-- The only way in. Waits for other transactions of the tenant that have appended and not yet ended.
CREATE FUNCTION proviso.append_log(actor text, action text, subject_type text, subject_id text, content text, persons uuid[])
  RETURNS proviso.log_entry
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  head proviso.log_head;
  entry proviso.log_entry;
  salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
BEGIN
  SELECT * INTO head FROM proviso.log_head h WHERE h.tenant = proviso.current_tenant() FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'No tenant is set, or it does not exist.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  entry := (head.tenant, head.seq + 1, clock_timestamp(), append_log.actor, append_log.action, append_log.subject_type,
    append_log.subject_id, sha256(salt || convert_to(append_log.content, 'UTF8')), head.hash, NULL);
  entry.hash := proviso.log_hash(entry);
  INSERT INTO proviso.log_entry SELECT entry.*;
  INSERT INTO proviso.log_content VALUES (head.tenant, entry.seq, salt, append_log.content, append_log.persons);
  UPDATE proviso.log_head h SET seq = entry.seq, hash = entry.hash WHERE h.tenant = head.tenant;
  RETURN entry;
END $$;

-- Erases what is said about a person; the entries stay. Gives the number of contents erased.
CREATE FUNCTION proviso.erase_log_content_of(person uuid) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    WITH gone AS (
      DELETE FROM proviso.log_content
      WHERE tenant = proviso.current_tenant() AND persons @> ARRAY[erase_log_content_of.person] RETURNING 1
    ) SELECT count(*) FROM gone;
  END;

-- Erases what was said before a moment, for the retention period of a tenant.
CREATE FUNCTION proviso.expire_log_content(before timestamptz) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    WITH gone AS (
      DELETE FROM proviso.log_content c USING proviso.log_entry e
      WHERE c.tenant = proviso.current_tenant() AND e.tenant = c.tenant AND e.seq = c.seq
        AND e.at < expire_log_content.before RETURNING 1
    ) SELECT count(*) FROM gone;
  END;

REVOKE ALL ON FUNCTION proviso.append_log, proviso.erase_log_content_of, proviso.expire_log_content, proviso.start_log FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.append_log, proviso.erase_log_content_of, proviso.expire_log_content TO proviso_app;
