-- The branches behind the figures of one month.
SELECT b.source, b.branch, m.meetings, m.expected, m.attended, m.owed_fen, m.paid_fen
FROM month m JOIN branches b ON b.source = m.source
WHERE m.year = :year AND m.month = :month
ORDER BY b.branch
