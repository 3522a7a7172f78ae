"""One file per technology that operations use."""
