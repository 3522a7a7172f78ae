"""How each algorithm is measured offline; named by text in the catalogue, imported only then."""
