"""Pictures of things, and the truth about them."""
