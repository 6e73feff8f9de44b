"""Storage: one SQLite file. The only place that knows SQL."""
