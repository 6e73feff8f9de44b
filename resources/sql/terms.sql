-- Branches whose committee's term ends until a day, the first to end first.
SELECT source, branch, term_ends
FROM branches WHERE year = :year AND term_ends IS NOT NULL AND term_ends <= :until
ORDER BY term_ends, branch
