"""工作: tasks, rectifications, inspections, papers of the year."""
