"""Readings that several rules share: each a pure function of a document, computed once by ``Document.read``."""
