"""The printed ledger, in three steps: gather (app.ledger) → compose (chapters) → print (pdf)."""
