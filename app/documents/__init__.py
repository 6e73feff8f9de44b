"""Documents of superiors: what stands in them, and what of it is to be done."""
