"""One file per feed of positions; each reads its standard and knows nothing of transports."""
