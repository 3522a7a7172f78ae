"""Local identity: accounts, API keys, sessions, roles and the guard that every route carries."""
