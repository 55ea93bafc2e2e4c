"""Rules against words that bring the force into disrepute."""
