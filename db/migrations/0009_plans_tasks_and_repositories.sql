CREATE TABLE planned_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  planned_on TEXT NOT NULL,
  start TEXT,
  type TEXT NOT NULL,
  "group" INTEGER REFERENCES groups (id),
  subject TEXT NOT NULL,
  place TEXT NOT NULL,
  host TEXT NOT NULL,
  outline TEXT NOT NULL,
  rule TEXT NOT NULL
) STRICT;
CREATE INDEX planned_event_planned_on ON planned_event (planned_on);

CREATE TABLE minutes_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  agenda TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

ALTER TABLE meeting ADD COLUMN lecturer TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN planned INTEGER REFERENCES planned_event (id) ON DELETE SET NULL;
ALTER TABLE attendance ADD COLUMN approval TEXT NOT NULL DEFAULT '';

ALTER TABLE talk ADD COLUMN follow_up TEXT NOT NULL DEFAULT '';
ALTER TABLE talk ADD COLUMN follow_up_due TEXT;
ALTER TABLE talk ADD COLUMN followed_up_on TEXT;
ALTER TABLE talk ADD COLUMN followed_up_how TEXT NOT NULL DEFAULT '';

CREATE TABLE talk_occasion (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL CHECK (kind <> ''),
  happened_on TEXT NOT NULL,
  note TEXT NOT NULL,
  waived_why TEXT NOT NULL
) STRICT;

CREATE TABLE life_finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  year INTEGER NOT NULL,
  problem TEXT NOT NULL,
  criticism TEXT NOT NULL,
  measure TEXT NOT NULL,
  CHECK (problem <> '' OR criticism <> '')
) STRICT;
CREATE INDEX life_finding_year ON life_finding (year);

CREATE TABLE rectification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  problem TEXT NOT NULL CHECK (problem <> ''),
  source TEXT NOT NULL,
  category TEXT NOT NULL,
  measure TEXT NOT NULL,
  leader TEXT NOT NULL,
  who TEXT NOT NULL,
  due_on TEXT,
  progress TEXT NOT NULL,
  completed_on TEXT,
  evidence TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  closed_on TEXT,
  raised_on TEXT NOT NULL,
  finding INTEGER REFERENCES life_finding (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task TEXT NOT NULL CHECK (task <> ''),
  source TEXT NOT NULL,
  lead TEXT NOT NULL,
  partners TEXT NOT NULL,
  set_on TEXT NOT NULL,
  due_on TEXT,
  percent INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
  progress TEXT NOT NULL,
  evidence TEXT NOT NULL,
  closed_on TEXT
) STRICT;

CREATE TABLE appraisal_tally (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  year INTEGER NOT NULL,
  excellent INTEGER NOT NULL CHECK (excellent >= 0),
  qualified INTEGER NOT NULL CHECK (qualified >= 0),
  barely INTEGER NOT NULL CHECK (barely >= 0),
  unqualified INTEGER NOT NULL CHECK (unqualified >= 0),
  own_grade TEXT,
  own_words TEXT NOT NULL,
  mutual_words TEXT NOT NULL,
  UNIQUE (member, year)
) STRICT;

CREATE TABLE repository_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repository TEXT NOT NULL CHECK (repository <> ''),
  title TEXT NOT NULL CHECK (title <> ''),
  lecturer TEXT NOT NULL,
  dated_on TEXT,
  source TEXT NOT NULL,
  outline TEXT NOT NULL
) STRICT;

CREATE TABLE document_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  subject TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  added_on TEXT NOT NULL
) STRICT;

CREATE TABLE copied_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  copied_on TEXT NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (owner, owner_id, field)
) STRICT;

CREATE TABLE year_paper (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  dated_on TEXT,
  author TEXT NOT NULL,
  text TEXT NOT NULL CHECK (text <> '')
) STRICT;

CREATE TABLE inspection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  inspected_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  inspector TEXT NOT NULL,
  score TEXT NOT NULL,
  finding TEXT NOT NULL,
  outcome TEXT NOT NULL
) STRICT;
