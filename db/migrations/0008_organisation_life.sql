CREATE TABLE agenda_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES meeting (id),
  position INTEGER NOT NULL CHECK (position > 0),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  speaker TEXT NOT NULL,
  text TEXT NOT NULL,
  CHECK (title <> '' OR text <> '')
) STRICT;
CREATE INDEX agenda_item_meeting ON agenda_item (meeting);

CREATE TABLE follow_up (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES meeting (id),
  task TEXT NOT NULL CHECK (task <> ''),
  who TEXT NOT NULL,
  due_on TEXT,
  closed_on TEXT,
  how TEXT NOT NULL,
  closed_at INTEGER REFERENCES meeting (id)
) STRICT;
CREATE INDEX follow_up_meeting ON follow_up (meeting);

CREATE TABLE final_minutes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES meeting (id),
  version INTEGER NOT NULL CHECK (version > 0),
  finalised_on TEXT NOT NULL,
  digest TEXT NOT NULL,
  reopened_on TEXT,
  reopened_why TEXT NOT NULL,
  UNIQUE (meeting, version)
) STRICT;

CREATE TABLE own_study (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  studied_on TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  form TEXT NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX own_study_studied_on ON own_study (studied_on);

CREATE TABLE local_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL CHECK (label <> ''),
  type TEXT NOT NULL,
  period TEXT NOT NULL,
  minimum INTEGER NOT NULL CHECK (minimum > 0),
  audience TEXT NOT NULL,
  source TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year INTEGER CHECK (last_year >= first_year)
) STRICT;
CREATE TABLE chosen_rule_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year INTEGER CHECK (last_year >= first_year)
) STRICT;
CREATE TABLE muted_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year INTEGER CHECK (last_year >= first_year),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE acknowledgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  finding TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL CHECK (reason <> ''),
  acknowledged_on TEXT NOT NULL
) STRICT;

ALTER TABLE branch ADD COLUMN inspected_on TEXT;
