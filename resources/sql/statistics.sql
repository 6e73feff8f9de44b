-- Members of all branches by the bands of the yearly statistics, year beside year.
SELECT t.subject, t.band, t.year, CAST(SUM(t.people) AS BIGINT) AS people, COUNT(DISTINCT CASE WHEN t.people > 0 THEN t.branch_id END) AS branches
FROM statistic t JOIN branches b ON b.source = t.source
WHERE t.year = :year OR t.year = :year - 1
GROUP BY t.subject, t.band, t.year
ORDER BY t.subject, t.band, t.year
