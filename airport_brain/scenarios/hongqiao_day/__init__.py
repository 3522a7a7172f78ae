"""An hour at Hongqiao: flights, vehicles, passengers and freight, planned from a seed and spoken."""
