"""The algorithms of the centre: pure steps, given their technology from outside."""
