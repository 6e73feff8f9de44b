"""年度: one year read once, and every figure that is asked of it."""
