"""The HTTP service and the officer's page (extra ``server``)."""
