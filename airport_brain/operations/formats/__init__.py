"""One file per wire format of flight facts."""
