-- What the health check found in one branch.
SELECT level, title, text, basis FROM finding WHERE source = :source
ORDER BY CASE level WHEN '错误' THEN 0 WHEN '警告' THEN 1 ELSE 2 END, title
