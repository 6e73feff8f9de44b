-- The branches whose figures count, one row for each year, with their place in the committee.
CREATE VIEW branches AS
SELECT s.source, s.branch_id, s.code, s.branch, s.superior, s.year, s.as_of, s.made_on, s.detail, s.digest, s.seal,
       s.path, s.taken_on, b.kind, b.unit, b.term_ends,
       COALESCE(p.general_branch, n.general_branch, '') AS general_branch,
       COALESCE(p.committee, n.committee, s.superior, '') AS committee,
       CASE WHEN COALESCE(p.committee, n.committee, s.superior, '') = '' THEN '未分'
            ELSE COALESCE(p.committee, n.committee, s.superior) END AS region
FROM source s
JOIN branch b ON b.source = s.source
LEFT JOIN placed p ON p.code <> '' AND p.code = s.code
LEFT JOIN placed n ON p.code IS NULL AND n.branch = s.branch
WHERE s.state = '采用'
