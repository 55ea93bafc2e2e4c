"""Approvals that somebody relies on and that do not hold."""
