-- Documents with what Proviso read in them, and full-text search over their passages, each in its own language.

-- PostgreSQL has stems for these languages (pg_ts_config of version 15); other words are taken as they are written.
CREATE FUNCTION proviso.words_of(language text) RETURNS regconfig
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE lower(split_part(coalesce(language, ''), '-', 1))
    WHEN 'ar' THEN 'pg_catalog.arabic' WHEN 'hy' THEN 'pg_catalog.armenian' WHEN 'eu' THEN 'pg_catalog.basque'
    WHEN 'ca' THEN 'pg_catalog.catalan' WHEN 'da' THEN 'pg_catalog.danish' WHEN 'nl' THEN 'pg_catalog.dutch'
    WHEN 'en' THEN 'pg_catalog.english' WHEN 'fi' THEN 'pg_catalog.finnish' WHEN 'fr' THEN 'pg_catalog.french'
    WHEN 'de' THEN 'pg_catalog.german' WHEN 'el' THEN 'pg_catalog.greek' WHEN 'hi' THEN 'pg_catalog.hindi'
    WHEN 'hu' THEN 'pg_catalog.hungarian' WHEN 'id' THEN 'pg_catalog.indonesian' WHEN 'ga' THEN 'pg_catalog.irish'
    WHEN 'it' THEN 'pg_catalog.italian' WHEN 'lt' THEN 'pg_catalog.lithuanian' WHEN 'ne' THEN 'pg_catalog.nepali'
    WHEN 'no' THEN 'pg_catalog.norwegian' WHEN 'nb' THEN 'pg_catalog.norwegian' WHEN 'nn' THEN 'pg_catalog.norwegian'
    WHEN 'pt' THEN 'pg_catalog.portuguese' WHEN 'ro' THEN 'pg_catalog.romanian' WHEN 'ru' THEN 'pg_catalog.russian'
    WHEN 'sr' THEN 'pg_catalog.serbian' WHEN 'es' THEN 'pg_catalog.spanish' WHEN 'sv' THEN 'pg_catalog.swedish'
    WHEN 'ta' THEN 'pg_catalog.tamil' WHEN 'tr' THEN 'pg_catalog.turkish' WHEN 'yi' THEN 'pg_catalog.yiddish'
    ELSE 'pg_catalog.simple' END::regconfig;

-- In the locale C the parser takes every sign outside ASCII for a letter, so that «words» would not be found: typographic quotes,
-- apostrophes, dashes and spaces become their plain like, and soft hyphens go. Done to texts and to what is asked, on any server.
CREATE FUNCTION proviso.plain(written text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(written,
    U&'\00AB\00BB\201C\201D\201E\201F\2039\203A\2018\2019\201A\201B\2010\2011\2012\2013\2014\2015\00A0\2007\202F\2009\3000\2026\00B7\2022\25CF\25AA\00A7\00B6\00BF\00A1\3001\3002\FF0C\FF08\FF09\FF1A\FF1B\300C\300D\00AD\200B\FEFF',
    '""""""""''''''''---                          ');
  -- 8 double quotes, 4 apostrophes, 3 hyphens, 26 blanks; the last three signs have no like and are taken out.

CREATE TABLE proviso.document (
  tenant uuid NOT NULL REFERENCES proviso.tenant,
  id uuid NOT NULL,
  purchase uuid,
  name text NOT NULL,
  sha256 bytea NOT NULL,
  bytes bigint NOT NULL,
  format text,
  language text,
  pages integer,
  reading jsonb,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, purchase) REFERENCES proviso.purchase (tenant, id),
  FOREIGN KEY (tenant, sha256) REFERENCES proviso.file (tenant, sha256)
);
CREATE INDEX document_at ON proviso.document (tenant, at DESC, id DESC);
CREATE INDEX document_purchase ON proviso.document (tenant, purchase, at);
CREATE INDEX document_sha256 ON proviso.document (tenant, sha256);
CALL proviso.keep_apart('proviso.document');

CREATE TABLE proviso.passage (
  tenant uuid NOT NULL,
  document uuid NOT NULL,
  n integer NOT NULL,
  page integer,
  heading text,
  language text,
  text text NOT NULL,
  words regconfig NOT NULL GENERATED ALWAYS AS (proviso.words_of(language)) STORED,
  -- With one word more, of tenant and language: the index then finds the words of this tenant in this language at one go.
  tsv tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector(proviso.words_of(language), proviso.plain(text))
    || array_to_tsvector(ARRAY[tenant::text || ':' || proviso.words_of(language)::oid::text])) STORED,
  PRIMARY KEY (tenant, document, n),
  FOREIGN KEY (tenant, document) REFERENCES proviso.document (tenant, id) ON DELETE CASCADE
);
CREATE INDEX passage_tsv ON proviso.passage USING gin (tsv);
CREATE INDEX passage_words ON proviso.passage (tenant, words);
CALL proviso.keep_apart('proviso.passage');

-- Under row-level security the planner must not use an index of `@@`, which is not leakproof. This function is the owner's and
-- names the tenant itself; IS NOT DISTINCT FROM keeps the planner from reading a whole other index for it. It ranks the first
-- `most` matches; `more` says that there were others.
CREATE FUNCTION proviso.search_passages(asked text, most integer, skipped integer, wanted integer)
  RETURNS TABLE (document uuid, n integer, rank real, words regconfig, matches bigint, more boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  BEGIN ATOMIC
    WITH spoken AS MATERIALIZED (
      SELECT quote_literal(proviso.current_tenant()::text || ':' || c.oid::text)::tsquery AS mine,
        websearch_to_tsquery(c.oid::regconfig, proviso.plain(asked)) AS query, c.oid::regconfig AS words
      FROM pg_ts_config c
      WHERE EXISTS (SELECT FROM proviso.passage p WHERE p.tenant = proviso.current_tenant() AND p.words = c.oid::regconfig)
    ), found AS MATERIALIZED (
      SELECT p.document, p.n, p.words, ts_rank_cd(p.tsv, s.query, 1) AS rank
      FROM spoken s JOIN proviso.passage p ON p.tsv @@ (s.mine && s.query)
      WHERE p.tenant IS NOT DISTINCT FROM proviso.current_tenant() AND numnode(s.query) > 0
      LIMIT most + 1
    )
    SELECT f.document, f.n, f.rank, f.words, least(count(*) OVER (), most), count(*) OVER () > most
    FROM found f ORDER BY f.rank DESC, f.document, f.n OFFSET skipped LIMIT wanted;
  END;
REVOKE ALL ON FUNCTION proviso.search_passages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proviso.search_passages TO proviso_app;
