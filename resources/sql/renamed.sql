-- Branches that appear under more than one name.
SELECT s.branch_id, COUNT(DISTINCT s.branch) AS names, MIN(s.branch) AS one, MAX(s.branch) AS other
FROM source s WHERE s.branch_id IS NOT NULL AND s.state <> '重复'
GROUP BY s.branch_id HAVING COUNT(DISTINCT s.branch) > 1
ORDER BY one
