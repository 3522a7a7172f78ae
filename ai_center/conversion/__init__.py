"""Converters from published weight files to ONNX; each gives the same bytes every time."""
