"""From scenes and lessons to weights."""
