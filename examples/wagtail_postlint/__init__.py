"""A Wagtail app: posts for social media that are linted by a step of their workflow."""
