// The importer's own worker, whose weights wait. Plain JavaScript: types of workers and of pages do not go together.
import '../late-imports.js';
import './held-writes.js';
import '../../../workers/importer.ts';
