"""The screen: window, pages and the command line. It asks the kernel for everything and knows no SQL."""
