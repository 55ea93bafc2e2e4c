"""Appeals for missing, wanted and unknown people: the words, the pictures, the link, and the end of it."""
