-- How the digest of a seal was computed; the seals that are there were made the first way.
ALTER TABLE year_seal ADD COLUMN scheme INTEGER NOT NULL DEFAULT 1;
