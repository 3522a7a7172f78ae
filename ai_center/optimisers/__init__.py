"""Optimisers: stand allocation, pre-departure sequence; pure functions on frozen facts."""
