-- Branches that became a part of another, and the last year for which they handed up themselves.
SELECT m.branch, m.code, m.into_branch, MAX(b.year) AS last_year
FROM merged m
LEFT JOIN branches b ON (m.code <> '' AND b.code = m.code) OR (b.branch = m.branch AND (m.code = '' OR b.code = ''))
GROUP BY m.branch, m.code, m.into_branch ORDER BY m.into_branch, m.branch
