-- All branches, month by month: meetings, attendance, dues in 分.
SELECT m.month, SUM(m.meetings) AS meetings, SUM(m.expected) AS expected, SUM(m.attended) AS attended,
       SUM(m.owed_fen) AS owed_fen, SUM(m.paid_fen) AS paid_fen
FROM month m JOIN branches b ON b.source = m.source
WHERE m.year = :year
GROUP BY m.month ORDER BY m.month
