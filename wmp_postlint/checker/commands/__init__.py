"""The commands of ``postlint``, one module each: ``arguments`` says what it takes, ``run`` does it."""
