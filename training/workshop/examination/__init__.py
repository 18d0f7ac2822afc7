"""What a model can do, by kind of task."""
