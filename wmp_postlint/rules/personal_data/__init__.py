"""Personal data: publishing is disclosure."""
