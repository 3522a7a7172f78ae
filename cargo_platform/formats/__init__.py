"""One file per freight message format."""
