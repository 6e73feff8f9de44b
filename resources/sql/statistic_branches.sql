-- The branches behind one figure of the statistics.
SELECT b.source, b.branch, t.people
FROM statistic t JOIN branches b ON b.source = t.source
WHERE t.year = :year AND t.subject = :subject AND t.band = :band AND t.people > 0
ORDER BY t.people DESC, b.branch
