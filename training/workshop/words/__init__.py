"""The tokenizer, pruned from the official one."""
