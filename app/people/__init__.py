"""党员: who belongs to the branch, and the dated facts about them."""
