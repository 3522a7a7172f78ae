"""One file per wire protocol that the played day speaks."""
