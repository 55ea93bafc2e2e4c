"""Rules about politics."""
