"""Parts that know no noun: theme, icons, cards, editors, tables, charts, background tasks."""
