"""Technology of turnaround vision: OpenCV, ONNX Runtime, and PyTorch for training alone."""
