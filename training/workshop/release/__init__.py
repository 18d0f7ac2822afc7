"""The folder that others load, its proof against the reference, and the samples made with it."""
