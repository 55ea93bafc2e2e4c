"""Incidents that only the press office tells the public about."""
