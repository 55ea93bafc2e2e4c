"""Rules about accounts and their pages."""
