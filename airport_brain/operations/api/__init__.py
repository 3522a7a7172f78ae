"""The web edge of operations: intake, board, live frames."""
