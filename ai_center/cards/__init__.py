"""Cards: what an algorithm learnt from, how good it is, and what it is not fit for, on one page."""
