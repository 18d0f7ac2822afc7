"""The workshop of the demo model: scenes, tokenizer, model, training, evaluation, export."""
