-- What the sandboxed reader found wrong with a file of a request to take part; checked is null until it has looked.
ALTER TABLE proviso.request_file ADD COLUMN problem text, ADD COLUMN checked timestamptz;
GRANT UPDATE (problem, checked) ON proviso.request_file TO proviso_app;
