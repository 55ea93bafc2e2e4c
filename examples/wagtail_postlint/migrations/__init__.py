"""Made by Django: python -m django makemigrations wagtail_postlint."""
