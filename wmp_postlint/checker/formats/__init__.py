"""The output formats of ``postlint check``, one module each with a function ``make``; nothing lists them."""
