"""Wire formats of travel documents and departure control, one file each."""
