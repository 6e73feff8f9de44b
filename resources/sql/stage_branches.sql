-- The branches that have people in one stage.
SELECT b.source, b.branch, t.people
FROM stage t JOIN branches b ON b.source = t.source
WHERE t.year = :year AND t.stage = :stage
ORDER BY t.people DESC, b.branch
