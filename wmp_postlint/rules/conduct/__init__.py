"""Rules about how officers and staff behave towards people."""
