-- The branches behind one figure.
SELECT b.source, b.branch, f.value
FROM figure f JOIN branches b ON b.source = f.source
WHERE f.year = :year AND f.code = :code
ORDER BY f.value DESC, b.branch
