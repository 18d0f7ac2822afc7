"""KOSMOS-2 with the parameter names of the reference, and its greedy decoding."""
