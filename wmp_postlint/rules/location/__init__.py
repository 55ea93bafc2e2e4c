"""Where somebody is, or was, given away by the post itself."""
