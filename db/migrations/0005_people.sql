-- What was a plain field of a member and changes with time becomes a dated fact of its own.
CREATE TABLE employment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  since TEXT,
  department TEXT NOT NULL,
  duty TEXT NOT NULL,
  position TEXT NOT NULL
) STRICT;
CREATE INDEX employment_member ON employment (member);
INSERT INTO employment (member, since, department, duty, position)
  SELECT id, NULL, department, '', position FROM member WHERE department <> '' OR position <> '';

CREATE TABLE circumstance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  since TEXT,
  until TEXT,
  detail TEXT NOT NULL,
  approval TEXT NOT NULL
) STRICT;
CREATE INDEX circumstance_member ON circumstance (member);
INSERT INTO circumstance (member, kind, since, until, detail, approval)
  SELECT id, '流动党员', NULL, NULL, '', '' FROM member WHERE floating;

ALTER TABLE member DROP COLUMN department;
ALTER TABLE member DROP COLUMN position;
ALTER TABLE member DROP COLUMN floating;
ALTER TABLE member ADD COLUMN birthplace TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN degree TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN work_started TEXT;
ALTER TABLE member ADD COLUMN technical_title TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN social_stratum TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN front_line TEXT NOT NULL DEFAULT '';
ALTER TABLE standing ADD COLUMN leaving TEXT;

CREATE TABLE transfer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  direction TEXT NOT NULL,
  moved_on TEXT NOT NULL,
  place TEXT NOT NULL,
  addressee TEXT NOT NULL,
  number TEXT NOT NULL,
  issued_on TEXT,
  valid_days INTEGER CHECK (valid_days > 0),
  dues_through TEXT,
  receipt_on TEXT,
  handler TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX transfer_member ON transfer (member);

CREATE TABLE disposition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  approved_on TEXT,
  months INTEGER CHECK (months > 0),
  reason TEXT NOT NULL,
  approval TEXT NOT NULL,
  ended_on TEXT,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX disposition_member ON disposition (member);

CREATE TABLE honour (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  given_on TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  issuer TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX honour_member ON honour (member);

CREATE TABLE care (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  given_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount_fen INTEGER CHECK (amount_fen >= 0),
  content TEXT NOT NULL
) STRICT;
CREATE INDEX care_member ON care (member);

CREATE TABLE appraisal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  year INTEGER NOT NULL CHECK (year BETWEEN 1921 AND 2199),
  grade TEXT NOT NULL,
  decided_on TEXT,
  opinion TEXT NOT NULL,
  UNIQUE (member, year)
) STRICT;

-- Words that a branch adds to the lists it may edit, and fields of its own.
CREATE TABLE list_word (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list TEXT NOT NULL,
  word TEXT NOT NULL CHECK (word <> ''),
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  UNIQUE (list, word)
) STRICT;
CREATE TABLE extra_field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;
CREATE TABLE extra_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  field INTEGER NOT NULL REFERENCES extra_field (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  UNIQUE (member, field)
) STRICT;

CREATE TABLE holiday (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;

ALTER TABLE branch ADD COLUMN extended_until TEXT;
ALTER TABLE branch ADD COLUMN extension_approval TEXT NOT NULL DEFAULT '';
ALTER TABLE branch ADD COLUMN birthday_by TEXT NOT NULL DEFAULT '入党日期';
