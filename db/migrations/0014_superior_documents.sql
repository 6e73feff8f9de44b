-- A superior's document is kept, with each of its items and what it became; a count of it is the superior's rule.
CREATE TABLE superior_document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  number TEXT NOT NULL,
  issuer TEXT NOT NULL,
  received_on TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE document_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES superior_document (id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  quote TEXT NOT NULL,
  due_on TEXT,
  report INTEGER NOT NULL,
  work TEXT,
  target INTEGER
) STRICT;
CREATE INDEX document_item_document ON document_item (document);

ALTER TABLE local_rule ADD COLUMN superior INTEGER NOT NULL DEFAULT 0;
