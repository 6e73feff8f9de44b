"""A record on the screen: its form, its list, its menu, its attachments."""
