"""What a picture or a video gives away."""
