"""党费: bases, months, payments, arrears, books."""
