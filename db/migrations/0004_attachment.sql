CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  size INTEGER NOT NULL CHECK (size >= 0),
  digest TEXT NOT NULL,
  added_on TEXT NOT NULL,
  caption TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_owner ON attachment (owner, owner_id);

-- The contents, each once. Not a record: what it holds is told by its own name, and nothing is ever changed in it.
-- In a backup `data` is empty; the contents of all backups lie in one file beside them.
CREATE TABLE blob (
  digest TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;
