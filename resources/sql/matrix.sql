-- Branch and duty: what was asked and done in the periods that touch the days from :first to :last, and how many
-- periods are missing, due, met, still to come, or ask for nothing.
SELECT source, rule, MAX(label) AS label, SUM(required) AS required,
       SUM(CASE WHEN done < required THEN done ELSE required END) AS done,
       SUM(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS missing,
       SUM(CASE WHEN state = 'due' THEN 1 ELSE 0 END) AS due,
       SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END) AS met,
       SUM(CASE WHEN state = 'upcoming' THEN 1 ELSE 0 END) AS upcoming,
       MAX(unit) AS unit,
       SUM(CASE WHEN state IN ('not_applicable', 'before_records') THEN 1 ELSE 0 END) AS nothing
FROM duty
WHERE year = :year AND due_on >= :first AND first <= :last
GROUP BY source, rule
ORDER BY source, rule
