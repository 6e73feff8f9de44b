-- Single figures of all branches, year beside year.
SELECT f.code, MAX(f.label) AS label, MAX(f.unit) AS unit, f.year, CAST(SUM(f.value) AS BIGINT) AS value, COUNT(*) AS branches
FROM figure f JOIN branches b ON b.source = f.source
WHERE f.year = :year OR f.year = :year - 1
GROUP BY f.code, f.year
ORDER BY f.code, f.year
