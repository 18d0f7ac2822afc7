import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the built page can be hosted under any path.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // Its module finds the wasm next to itself; bundled ahead of time it would look in the wrong place.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  // React and Konva come first and together; ORT is the worker's.
  build: { target: 'es2022', chunkSizeWarningLimit: 600 },
});
