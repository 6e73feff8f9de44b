-- Branches that handed up for an earlier year and not for this one.
SELECT e.branch_id, MAX(e.branch) AS branch, MAX(e.year) AS year
FROM branches e
WHERE e.year < :year AND NOT EXISTS (SELECT 1 FROM branches b WHERE b.branch_id = e.branch_id AND b.year = :year)
GROUP BY e.branch_id ORDER BY branch
