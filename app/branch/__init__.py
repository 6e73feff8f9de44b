"""支部: the branch itself, its groups, its lists of words."""
