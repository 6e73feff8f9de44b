-- 自查考核: checklists that are data, and what was given by them; scores in tenths of a point.
CREATE TABLE checklist (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  code TEXT NOT NULL,
  purpose TEXT NOT NULL,
  source TEXT NOT NULL,
  period TEXT NOT NULL,
  passing INTEGER,
  grades TEXT NOT NULL,
  share INTEGER,
  retired INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE checklist_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  checklist INTEGER NOT NULL REFERENCES checklist (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  label TEXT NOT NULL CHECK (label <> ''),
  "full" INTEGER NOT NULL CHECK ("full" > 0),
  deduct INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  judged TEXT NOT NULL,
  retired INTEGER NOT NULL
) STRICT;
CREATE INDEX checklist_item_checklist ON checklist_item (checklist);

CREATE TABLE self_check (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  checklist INTEGER NOT NULL REFERENCES checklist (id),
  year INTEGER NOT NULL,
  period TEXT NOT NULL,
  checked_on TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  grade TEXT NOT NULL,
  opinion TEXT NOT NULL,
  UNIQUE (checklist, period)
) STRICT;
CREATE INDEX self_check_year ON self_check (year);

CREATE TABLE self_check_score (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  self_check INTEGER NOT NULL REFERENCES self_check (id) ON DELETE CASCADE,
  item INTEGER NOT NULL REFERENCES checklist_item (id),
  score INTEGER NOT NULL CHECK (score >= 0),
  proposed INTEGER,
  reason TEXT NOT NULL,
  gap TEXT NOT NULL,
  evidence TEXT NOT NULL,
  UNIQUE (self_check, item)
) STRICT;
CREATE INDEX self_check_score_item ON self_check_score (item);

ALTER TABLE rectification ADD COLUMN scored INTEGER REFERENCES self_check_score (id) ON DELETE SET NULL;
