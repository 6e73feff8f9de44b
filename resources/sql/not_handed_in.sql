-- 催报名单: branches of the structure of which nothing counts for the year.
SELECT p.committee, p.general_branch, p.branch, p.code
FROM placed p
WHERE NOT EXISTS (
  SELECT 1 FROM branches b
  WHERE b.year = :year AND ((p.code <> '' AND b.code = p.code) OR (b.branch = p.branch AND (p.code = '' OR b.code = '')))
)
ORDER BY p.committee, p.general_branch, p.branch
