-- The branches that held nothing in a month, and those whose dues of it are not complete.
SELECT m.month, m.source,
       CASE WHEN m.meetings = 0 THEN 1 ELSE 0 END AS idle, CASE WHEN m.paid_fen < m.owed_fen THEN 1 ELSE 0 END AS behind
FROM month m JOIN branches b ON b.source = m.source
WHERE m.year = :year AND (m.meetings = 0 OR m.paid_fen < m.owed_fen)
ORDER BY m.month, m.source
