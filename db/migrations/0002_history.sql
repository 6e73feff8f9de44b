-- Every change of every record: one row per action, chained by digest. `changes` is a JSON array, in order, of
-- [table, id, before, after], where before and after are objects of columns or null.
CREATE TABLE action (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  made_at TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('begin', 'do', 'undo', 'redo')),
  target INTEGER REFERENCES action (id),
  changes TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT;

-- Which action touched which record: derived from `action`, so that the story of one record is found at once.
CREATE TABLE touched (
  "table" TEXT NOT NULL,
  record INTEGER NOT NULL,
  action INTEGER NOT NULL REFERENCES action (id),
  PRIMARY KEY ("table", record, action)
) STRICT, WITHOUT ROWID;

-- A person's meetings are found by reading the roll once; each save paid for this index with a page per person.
DROP INDEX attendance_member;
