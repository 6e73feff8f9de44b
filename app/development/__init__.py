"""发展党员: applicants and the steps they go through."""
