export const diagnostics = {
  title: 'Diagnostics',
  about: 'Collected here and sent nowhere. Copy it into a bug report if you like.',
  copy: 'Copy as text',
  bench: 'Measure this device',
  evaluation: 'Evaluate the model',
  licences: 'Licences',
};
