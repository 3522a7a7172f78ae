"""Airport operations: flight legs, their clocks and the flight board."""
