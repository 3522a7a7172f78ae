"""The bus on different technologies: an embedded log, Apache Kafka, and memory for tests."""
