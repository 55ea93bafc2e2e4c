"""Protective markings and handling instructions."""
