CREATE TABLE applicant (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  sex TEXT CHECK (sex IN ('男', '女')),
  ethnicity TEXT NOT NULL,
  birth TEXT,
  id_number TEXT NOT NULL,
  education TEXT NOT NULL,
  department TEXT NOT NULL,
  position TEXT NOT NULL,
  phone TEXT NOT NULL,
  league_member INTEGER NOT NULL CHECK (league_member IN (0, 1)),
  member INTEGER REFERENCES member (id),
  closed_on TEXT,
  closed_why TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE development_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  applicant INTEGER NOT NULL REFERENCES applicant (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 25),
  done_on TEXT NOT NULL,
  until TEXT,
  first_person INTEGER REFERENCES member (id),
  second_person INTEGER REFERENCES member (id),
  who TEXT NOT NULL,
  document TEXT NOT NULL,
  meeting INTEGER REFERENCES meeting (id),
  days INTEGER CHECK (days > 0),
  hours INTEGER CHECK (hours > 0),
  outcome TEXT NOT NULL,
  months INTEGER CHECK (months >= 0),
  note TEXT NOT NULL,
  UNIQUE (applicant, step)
) STRICT;

CREATE TABLE development_check (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  applicant INTEGER NOT NULL REFERENCES applicant (id) ON DELETE CASCADE,
  checked_on TEXT NOT NULL,
  by TEXT NOT NULL,
  finding TEXT NOT NULL
) STRICT;
CREATE INDEX development_check_applicant ON development_check (applicant);

CREATE TABLE public_notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  applicant INTEGER NOT NULL REFERENCES applicant (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT,
  place TEXT NOT NULL,
  objections TEXT NOT NULL
) STRICT;
CREATE INDEX public_notice_applicant ON public_notice (applicant);

CREATE TABLE material (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  applicant INTEGER NOT NULL REFERENCES applicant (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  name TEXT NOT NULL,
  received_on TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (applicant, step, name)
) STRICT;

CREATE TABLE election (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  held_on TEXT NOT NULL,
  meeting INTEGER REFERENCES meeting (id),
  seats INTEGER NOT NULL CHECK (seats > 0),
  entitled INTEGER NOT NULL CHECK (entitled >= 0),
  present INTEGER NOT NULL CHECK (present >= 0),
  ballots_given INTEGER NOT NULL CHECK (ballots_given >= 0),
  ballots_returned INTEGER NOT NULL CHECK (ballots_returned >= 0),
  ballots_void INTEGER NOT NULL CHECK (ballots_void >= 0),
  presider TEXT NOT NULL,
  teller TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE candidate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  election INTEGER NOT NULL REFERENCES election (id),
  member INTEGER NOT NULL REFERENCES member (id),
  post TEXT NOT NULL,
  nominated INTEGER NOT NULL CHECK (nominated IN (0, 1)),
  in_favour INTEGER NOT NULL CHECK (in_favour >= 0),
  against INTEGER NOT NULL CHECK (against >= 0),
  abstained INTEGER NOT NULL CHECK (abstained >= 0),
  UNIQUE (election, member, post)
) STRICT;

CREATE TABLE election_paper (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  election INTEGER NOT NULL REFERENCES election (id),
  kind TEXT NOT NULL,
  dated_on TEXT NOT NULL,
  number TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (election, kind)
) STRICT;
