-- The duties of one branch, period by period.
SELECT rule, label, period, state, required, done, unit, first, due_on, missing, basis
FROM duty WHERE source = :source ORDER BY rule, first
