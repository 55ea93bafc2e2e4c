"""The checker: the command line, the pytest plugin, excerpts and output formats."""
