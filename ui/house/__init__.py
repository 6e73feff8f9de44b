"""The window and what lies in it: start, pages, lock, rescue, neighbours."""
