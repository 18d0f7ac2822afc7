// The engine's own worker on a frail GPU. Plain JavaScript: types of workers and of pages do not go together.
import '../late-imports.js';
import './frail-gpu.ts';
import './frail-memory.js';
import './frail-network.js';
import './frail-storage.js';
import '../../../workers/inference.ts';
