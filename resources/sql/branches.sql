-- Every branch of a year, what is missing and due there, the most missing first.
SELECT b.source, b.branch_id, b.code, b.branch, b.general_branch, b.committee, b.as_of, b.made_on, b.detail, b.digest,
       b.seal, b.path, b.term_ends, COALESCE(d.missing, 0) AS missing, COALESCE(d.due, 0) AS due,
       COALESCE(f.wrong, 0) AS wrong
FROM branches b
LEFT JOIN (
  SELECT source, CAST(SUM(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS BIGINT) AS missing,
         CAST(SUM(CASE WHEN state = 'due' THEN 1 ELSE 0 END) AS BIGINT) AS due
  FROM duty WHERE year = :year AND due_on >= :first AND first <= :last GROUP BY source
) d ON d.source = b.source
LEFT JOIN (
  SELECT source, COUNT(*) AS wrong FROM finding WHERE year = :year AND level = '错误' GROUP BY source
) f ON f.source = b.source
WHERE b.year = :year
ORDER BY missing DESC, wrong DESC, due DESC, b.branch, b.branch_id
