"""Every kind of file that the program reads, damaged at random: each is read, or refused in words."""
