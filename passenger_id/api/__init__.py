"""The package on the web: routes, the JSON they speak, and photos kept off the disk."""
