ALTER TABLE dues_basis ADD COLUMN approval TEXT NOT NULL DEFAULT '';
ALTER TABLE dues_basis ADD COLUMN approved_on TEXT;
ALTER TABLE payment ADD COLUMN payer TEXT NOT NULL DEFAULT '';

-- How a base was arrived at: the parts of the pay, counted or taken off.
CREATE TABLE pay_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  basis INTEGER NOT NULL REFERENCES dues_basis (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  deducted INTEGER NOT NULL CHECK (deducted IN (0, 1))
) STRICT;
CREATE INDEX pay_item_basis ON pay_item (basis);

CREATE TABLE remittance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL CHECK (last_month >= first_month),
  remitted_on TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  voucher TEXT NOT NULL,
  handler TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE dues_notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL CHECK (last_month >= first_month),
  shown_on TEXT NOT NULL,
  place TEXT NOT NULL,
  contact TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
