"""Measuring any algorithm offline: cases, figures with intervals, gates, comparisons, searches."""
