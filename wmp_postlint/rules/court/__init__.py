"""Rules about court proceedings."""
