"""Spreadsheets ⇄ records: what comes in is checked row by row, what goes out stays what it is."""
