-- The branches of one sample and what was found there.
SELECT b.source, d.branch_id, b.branch, b.committee, d.result, d.note
FROM drawn d JOIN sample s ON s.sample = d.sample JOIN branches b ON b.branch_id = d.branch_id AND b.year = s.year
WHERE d.sample = :sample ORDER BY b.branch
