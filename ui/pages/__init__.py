"""One package or module a page; the window imports each when it is first shown."""
