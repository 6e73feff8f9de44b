-- A meeting that extends probation, its approval and the meeting at the end of the extension are events of their own:
-- steps 23 and 24 may come again. What a step changed in the roster is kept, so that it can be given back exactly.
CREATE TABLE development_step_new (
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
  UNIQUE (applicant, step, done_on)
) STRICT;
INSERT INTO development_step_new SELECT * FROM development_step;
-- Numbers that were taken stay taken.
DELETE FROM sqlite_sequence WHERE name = 'development_step_new';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'development_step_new', seq FROM sqlite_sequence WHERE name = 'development_step';
DROP TABLE development_step;
ALTER TABLE development_step_new RENAME TO development_step;

CREATE TABLE consequence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  record INTEGER NOT NULL,
  field TEXT NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL
) STRICT;
CREATE INDEX consequence_step ON consequence (step);
