"""The security of accounts, systems and buildings."""
