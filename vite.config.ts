import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the built page can be hosted under any path.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // Its module finds the wasm next to itself; bundled ahead of time it would look in the wrong place.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  build: { target: 'es2022' },
});
