-- The records of one branch, as far as it handed them up.
SELECT kind, day, title, fields FROM record WHERE source = :source ORDER BY kind, day, record
