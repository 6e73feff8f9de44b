-- The single figures of one branch.
SELECT code, label, unit, value FROM figure WHERE source = :source ORDER BY code
