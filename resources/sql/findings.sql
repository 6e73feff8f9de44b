-- What the health check of the branches found, by kind.
SELECT f.title, f.level, MAX(f.basis) AS basis, COUNT(*) AS findings, COUNT(DISTINCT f.branch_id) AS branches
FROM finding f JOIN branches b ON b.source = f.source
WHERE f.year = :year
GROUP BY f.title, f.level
ORDER BY CASE f.level WHEN '错误' THEN 0 WHEN '警告' THEN 1 ELSE 2 END, findings DESC, f.title
