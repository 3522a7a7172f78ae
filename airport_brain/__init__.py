"""The airport brain: one platform under an airport group. See README.md."""
