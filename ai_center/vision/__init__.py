"""Turnaround vision: what a stand camera sees, told as the times of the turnaround's milestones.

Front to back: a film is rendered or read (``adapters``), a small detector finds aircraft, bridge and
vehicles in tiles of each frame, their feet are put on the ground of the stand, and a dwell machine per
zone turns presence into events with time and confidence.
"""
