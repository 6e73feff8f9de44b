-- The samples that were drawn, the newest first.
SELECT sample, year, seed, drawn_on FROM sample ORDER BY sample DESC
