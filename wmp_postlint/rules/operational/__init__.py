"""Rules about operations that are not to be known."""
