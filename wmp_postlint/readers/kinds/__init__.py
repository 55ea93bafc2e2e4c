"""The formats that posts are read from, one module each; nothing lists them."""
