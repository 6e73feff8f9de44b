"""检查: what is missing, wrong or due, asked by everybody who shows it."""
