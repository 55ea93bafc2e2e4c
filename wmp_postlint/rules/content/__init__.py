"""What a post is about: its purpose, its time, its form."""
