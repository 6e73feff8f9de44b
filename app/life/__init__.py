"""组织生活: meetings, talks, study, plans, elections."""
