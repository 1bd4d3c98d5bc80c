-- To whose key a share was encrypted: its fingerprint. A holder who has made another key since cannot read the share, which would show only at
-- the opening. Null where it is not known: the share is older than this, and the holder's key was changed after it was made.
ALTER TABLE proviso.share ADD COLUMN recipient text;

-- As `fingerprintOf` of sealing: SHA-256 in groups of four.
UPDATE proviso.share s
  SET recipient = rtrim(regexp_replace(encode(sha256(convert_to(o.recipient, 'UTF8')), 'hex'), '(.{4})', '\1 ', 'g'))
  FROM proviso.purchase_keys k, proviso.opener_key o, proviso.purchase p
  WHERE k.tenant = s.tenant AND k.purchase = s.purchase AND k.round = s.round
    AND p.tenant = s.tenant AND p.id = s.purchase
    AND o.tenant = s.tenant AND o.person::text = coalesce(s.holder::text, p.document ->> 'recovery') AND o.created <= k.created;
SET CONSTRAINTS ALL IMMEDIATE;
