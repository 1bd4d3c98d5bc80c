-- Who signed a consent is a person: the name goes when the consent is over and the time to keep it too. What was agreed to stays, and its hash.
ALTER TABLE proviso.probe_consent ALTER COLUMN signer DROP NOT NULL, ALTER COLUMN role DROP NOT NULL;
