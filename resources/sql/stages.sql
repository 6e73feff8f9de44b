-- People on the way into the Party, by stage.
SELECT t.stage, CAST(SUM(t.people) AS BIGINT) AS people, COUNT(DISTINCT t.branch_id) AS branches
FROM stage t JOIN branches b ON b.source = t.source
WHERE t.year = :year
GROUP BY t.stage ORDER BY people DESC, t.stage
