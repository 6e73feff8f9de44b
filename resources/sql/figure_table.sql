-- Every single figure of every branch of a year.
SELECT f.source, f.code, f.label, f.unit, f.value
FROM figure f JOIN branches b ON b.source = f.source
WHERE f.year = :year ORDER BY f.source, f.code
