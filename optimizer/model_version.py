"""The version of the algebra: an outcome stored under another one is not reused."""

MODEL_VERSION = "1"
