-- What figures over many documents need of each reading, without its text: a few hundred bytes beside what may be megabytes. PostgreSQL keeps
-- it by itself, so it is never older than the reading. Each standard stands once for each way in which it is named.
CREATE FUNCTION proviso.brief_of(kept jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN jsonb_build_object(
    'asOf', kept #> '{reading,asOf}',
    'scope', kept #> '{reading,scope,value}',
    'concernsIct', kept #> '{reading,scope,concernsIct}',
    'security', kept #> '{reading,security,value}',
    'standards', kept #> '{reading,standards,value}',
    'mentions', coalesce((
      SELECT jsonb_agg(DISTINCT jsonb_build_object(
        'standard', m -> 'standard', 'text', CASE WHEN m ->> 'standard' IS NULL THEN m -> 'text' ELSE '""' END,
        'status', m -> 'status', 'kind', m -> 'kind', 'core', m -> 'core', 'versioned', m -> 'versioned', 'modality', m -> 'modality'))
      FROM jsonb_path_query(kept, 'lax $.reading.standards.mentions[*]') m), '[]'));

ALTER TABLE proviso.document ADD COLUMN brief jsonb GENERATED ALWAYS AS (proviso.brief_of(reading)) STORED;
