"""汇总: the committee's window over all its branches."""
