"""Conflicts on the apron, foreseen: who will come too close to whom, how likely, and when."""
