-- Each round of a negotiation has offers of its own, and one clause may end in several obligations.

DROP INDEX proviso.offer_standing;
ALTER TABLE proviso.offer ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round > 0);

-- An offer of a later round was written over that of the round before. The purchase's document knows which took the place of which; an offer
-- that it says nothing of stays as it is.
UPDATE proviso.offer o
  SET round = (told.offer ->> 'round')::integer,
    -- Where a withdrawn offer made room for the next of its own round, the document names no successor: it is kept.
    replaced_by = CASE WHEN told.offer ->> 'withdrawn' IS NULL THEN (told.offer ->> 'replacedBy')::uuid ELSE o.replaced_by END
  FROM (
    SELECT p.tenant, p.id AS purchase, one AS offer
    FROM proviso.purchase p,
      jsonb_array_elements(CASE jsonb_typeof(p.document -> 'offers') WHEN 'array' THEN p.document -> 'offers' ELSE '[]' END) one
  ) told
  WHERE o.tenant = told.tenant AND o.purchase = told.purchase AND o.id::text = told.offer ->> 'id' AND told.offer ->> 'round' IS NOT NULL
    AND (told.offer ->> 'replacedBy' IS NULL
      OR EXISTS (SELECT FROM proviso.offer n WHERE n.tenant = o.tenant AND n.purchase = o.purchase AND n.id::text = told.offer ->> 'replacedBy'));
-- PostgreSQL makes no index on a table whose references wait to be looked at.
SET CONSTRAINTS ALL IMMEDIATE;

-- One standing offer for a supplier and lot in each round.
CREATE UNIQUE INDEX offer_standing ON proviso.offer (tenant, purchase, round, supplier, coalesce(lot, '')) WHERE replaced_by IS NULL AND NOT late;

-- Two duties of one clause, as a yearly report and one at the end, are two obligations.
ALTER TABLE proviso.obligation DROP CONSTRAINT obligation_tenant_purchase_offer_requirement_key;
CREATE INDEX obligation_offer ON proviso.obligation (tenant, purchase, offer, requirement);
