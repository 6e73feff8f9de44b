-- Branch and duty: what was asked and done in the periods that touch the days from :first to :last, and how many
-- periods are missing, due, met. Sums are kept in 64 bits, which is enough and faster to hand over.
SELECT source, rule, CAST(SUM(required) AS BIGINT) AS required,
       CAST(SUM(CASE WHEN done < required THEN done ELSE required END) AS BIGINT) AS done,
       CAST(SUM(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS BIGINT) AS missing,
       CAST(SUM(CASE WHEN state = 'due' THEN 1 ELSE 0 END) AS BIGINT) AS due,
       CAST(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END) AS BIGINT) AS met
FROM duty
WHERE year = :year AND due_on >= :first AND first <= :last
GROUP BY source, rule
