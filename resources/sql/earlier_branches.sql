-- Branches that handed up for an earlier year and not for this one, and did not become a part of another.
SELECT e.branch_id, MAX(e.branch) AS branch, MAX(e.year) AS year
FROM branches e
WHERE e.year < :year AND NOT EXISTS (SELECT 1 FROM branches b WHERE b.branch_id = e.branch_id AND b.year = :year)
  AND NOT EXISTS (SELECT 1 FROM merged m WHERE (m.code <> '' AND m.code = e.code) OR (m.branch = e.branch AND (m.code = '' OR e.code = '')))
GROUP BY e.branch_id ORDER BY branch
