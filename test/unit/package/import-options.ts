/** What an import is asked for where a test says nothing else. */
export const OPTIONS = {
  scheme: 'q4',
  name: 'Test',
  description: 'A test.',
  licence: 'MIT',
  source: { repository: 'test/test', revision: null },
} as const;
