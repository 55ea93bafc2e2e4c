"""Rules for the private accounts of officers and staff."""
