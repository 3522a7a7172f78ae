"""Days that are played into the platform over real wire protocols: demo, load and end-to-end test."""
