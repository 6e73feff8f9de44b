-- Why a record stands as it is though a check has its doubts; the records are of many kinds, named as in attachment.
CREATE TABLE explanation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  warning TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  explained_on TEXT NOT NULL,
  UNIQUE (owner, owner_id, warning)
) STRICT;
