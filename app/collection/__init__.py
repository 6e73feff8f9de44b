"""汇总: what branches hand up, and what a committee sees of all of them."""
