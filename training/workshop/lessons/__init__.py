"""What is taught and asked about a scene: prompts and right answers."""
