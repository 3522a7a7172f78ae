"""Adapters of passenger_id, one file per technology."""
