"""Dealing with journalists and outlets."""
