CREATE TABLE branch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  superior TEXT NOT NULL,
  founded TEXT,
  elected TEXT,
  dues_day INTEGER NOT NULL CHECK (dues_day BETWEEN 1 AND 28),
  sample INTEGER NOT NULL CHECK (sample IN (0, 1))
) STRICT;

CREATE TABLE groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  since TEXT,
  until TEXT CHECK (until >= since)
) STRICT;

CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  sex TEXT CHECK (sex IN ('男', '女')),
  ethnicity TEXT NOT NULL,
  native_place TEXT NOT NULL,
  birth TEXT,
  id_number TEXT NOT NULL,
  education TEXT NOT NULL,
  joined TEXT,
  confirmed TEXT,
  department TEXT NOT NULL,
  position TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  floating INTEGER NOT NULL CHECK (floating IN (0, 1)),
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX member_id_number ON member (id_number) WHERE id_number <> '';

CREATE TABLE post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  title TEXT NOT NULL,
  since TEXT,
  until TEXT CHECK (until >= since)
) STRICT;
CREATE INDEX post_member ON post (member);

-- Dated facts die with a member entered by mistake; records of events keep the member in.
CREATE TABLE standing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  since TEXT,
  status TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX standing_member ON standing (member);

CREATE TABLE placement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  since TEXT,
  "group" INTEGER REFERENCES groups (id)
) STRICT;
CREATE INDEX placement_member ON placement (member);

CREATE TABLE voting_restriction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  since TEXT,
  restriction TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX voting_restriction_member ON voting_restriction (member);

CREATE TABLE meeting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  held_on TEXT NOT NULL,
  start TEXT,
  "end" TEXT,
  place TEXT NOT NULL,
  host TEXT NOT NULL,
  recorder TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject <> ''),
  content TEXT NOT NULL,
  "group" INTEGER REFERENCES groups (id),
  study_minutes INTEGER CHECK (study_minutes BETWEEN 0 AND 1440),
  remark TEXT NOT NULL
) STRICT;
CREATE INDEX meeting_held_on ON meeting (held_on);

CREATE TABLE meeting_label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES meeting (id),
  type TEXT NOT NULL,
  UNIQUE (meeting, type)
) STRICT;

CREATE TABLE attendance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES meeting (id),
  member INTEGER REFERENCES member (id),
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (meeting, member),
  CHECK (member IS NOT NULL OR name <> '')
) STRICT;
CREATE INDEX attendance_member ON attendance (member);

CREATE TABLE vote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES meeting (id),
  kind TEXT NOT NULL,
  motion TEXT NOT NULL,
  entitled INTEGER NOT NULL CHECK (entitled >= 0),
  present INTEGER NOT NULL CHECK (present >= 0),
  in_favour INTEGER NOT NULL CHECK (in_favour >= 0),
  against INTEGER NOT NULL CHECK (against >= 0),
  abstained INTEGER NOT NULL CHECK (abstained >= 0),
  written_in_favour INTEGER NOT NULL CHECK (written_in_favour >= 0),
  ballots_given INTEGER CHECK (ballots_given >= 0),
  ballots_returned INTEGER CHECK (ballots_returned >= 0)
) STRICT;
CREATE INDEX vote_meeting ON vote (meeting);

CREATE TABLE talk (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  talked_on TEXT NOT NULL,
  talker INTEGER NOT NULL REFERENCES member (id),
  partner INTEGER NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  content TEXT NOT NULL,
  opinion TEXT NOT NULL,
  private TEXT NOT NULL,
  CHECK (talker <> partner)
) STRICT;
CREATE INDEX talk_talked_on ON talk (talked_on);
CREATE INDEX talk_talker ON talk (talker);
CREATE INDEX talk_partner ON talk (partner);

CREATE TABLE dues_basis (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  since TEXT,
  category TEXT NOT NULL,
  base_fen INTEGER CHECK (base_fen >= 0),
  fixed_fen INTEGER CHECK (fixed_fen >= 0),
  note TEXT NOT NULL
) STRICT;
CREATE INDEX dues_basis_member ON dues_basis (member);

CREATE TABLE payment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member INTEGER NOT NULL REFERENCES member (id),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  paid_on TEXT,
  kind TEXT NOT NULL,
  method TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX payment_month ON payment (month);
CREATE INDEX payment_member ON payment (member);
