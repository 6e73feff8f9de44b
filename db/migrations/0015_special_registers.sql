-- 专项台账: registers that are data. A row keeps what every register has; what else a column holds lies in its cells.
CREATE TABLE special_register (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  code TEXT NOT NULL,
  noun TEXT NOT NULL,
  purpose TEXT NOT NULL,
  source TEXT NOT NULL,
  across INTEGER NOT NULL,
  in_book INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE register_column (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  register INTEGER NOT NULL REFERENCES special_register (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label TEXT NOT NULL CHECK (label <> ''),
  kind TEXT NOT NULL,
  part TEXT,
  mandatory INTEGER NOT NULL,
  hidden INTEGER NOT NULL,
  words TEXT NOT NULL,
  unit TEXT NOT NULL
) STRICT;
CREATE INDEX register_column_register ON register_column (register);

CREATE TABLE register_count (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  register INTEGER NOT NULL REFERENCES special_register (id) ON DELETE CASCADE,
  label TEXT NOT NULL CHECK (label <> ''),
  "column" INTEGER REFERENCES register_column (id),
  word TEXT NOT NULL,
  minimum INTEGER NOT NULL CHECK (minimum > 0),
  period TEXT NOT NULL,
  source TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year INTEGER
) STRICT;
CREATE INDEX register_count_register ON register_count (register);

CREATE TABLE register_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  register INTEGER NOT NULL REFERENCES special_register (id),
  title TEXT NOT NULL CHECK (title <> ''),
  dated_on TEXT NOT NULL,
  due_on TEXT,
  closed_on TEXT
) STRICT;
CREATE INDEX register_row_register ON register_row (register);
CREATE INDEX register_row_dated_on ON register_row (dated_on);

CREATE TABLE register_cell (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "row" INTEGER NOT NULL REFERENCES register_row (id) ON DELETE CASCADE,
  "column" INTEGER NOT NULL REFERENCES register_column (id),
  text TEXT NOT NULL CHECK (text <> ''),
  UNIQUE ("row", "column")
) STRICT;

CREATE TABLE register_link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "row" INTEGER NOT NULL REFERENCES register_row (id) ON DELETE CASCADE,
  "column" INTEGER NOT NULL REFERENCES register_column (id),
  kind TEXT NOT NULL,
  target INTEGER NOT NULL,
  UNIQUE ("row", "column")
) STRICT;
