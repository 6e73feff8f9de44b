-- The branches with findings of one kind, and the texts where they handed them up.
SELECT b.source, b.branch, COUNT(*) AS findings, MAX(f.text) AS text
FROM finding f JOIN branches b ON b.source = f.source
WHERE f.year = :year AND f.title = :title AND f.level = :level
GROUP BY b.source, b.branch
ORDER BY findings DESC, b.branch
