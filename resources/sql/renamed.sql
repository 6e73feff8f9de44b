-- Branches that appear under more than one name: each name, in the order of their days.
SELECT s.branch_id, s.branch, MIN(s.as_of) AS since
FROM source s
WHERE s.state <> '重复' AND s.branch_id IN (
  SELECT t.branch_id FROM source t WHERE t.state <> '重复' GROUP BY t.branch_id HAVING COUNT(DISTINCT t.branch) > 1
)
GROUP BY s.branch_id, s.branch ORDER BY s.branch_id, since, s.branch
