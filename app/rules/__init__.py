"""规则: the kinds of rules, what is shipped, and what a branch may change."""
