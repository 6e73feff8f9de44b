-- The duties of a year, by what they are called.
SELECT rule, MAX(label) AS label, MAX(unit) AS unit FROM duty WHERE year = :year GROUP BY rule ORDER BY rule
