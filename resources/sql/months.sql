-- All branches, month by month: meetings, attendance, dues in 分.
SELECT m.month, CAST(SUM(m.meetings) AS BIGINT) AS meetings, CAST(SUM(m.expected) AS BIGINT) AS expected, CAST(SUM(m.attended) AS BIGINT) AS attended,
       CAST(SUM(m.owed_fen) AS BIGINT) AS owed_fen, CAST(SUM(m.paid_fen) AS BIGINT) AS paid_fen
FROM month m JOIN branches b ON b.source = m.source
WHERE m.year = :year
GROUP BY m.month ORDER BY m.month
