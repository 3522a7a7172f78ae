"""Forecasts with calibrated intervals: features of what was known, baselines, training, evaluation."""
