-- 除名 is one of three kinds; what a ledger says about the rules is kept with it; a ledger has a first day of records.
ALTER TABLE disposition ADD COLUMN removal TEXT;
ALTER TABLE branch ADD COLUMN records_since TEXT;

CREATE TABLE rule_pack (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  layer TEXT NOT NULL,
  issuer TEXT NOT NULL,
  taken_on TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE rule_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,
  reason TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
