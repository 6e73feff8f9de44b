"""排版: text, tables, charts and pages; it knows no noun."""
