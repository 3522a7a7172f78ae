"""The format workbench: what a message is, what it says, and where in the original each value stands."""
