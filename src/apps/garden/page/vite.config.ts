import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const source = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The page imports the package by its public names. In this repository they resolve to the
    // source, so no build is needed. Remove these lines in your own project.
    alias: [
      { find: /^@techgarden\/schema$/, replacement: source('index.ts') },
      { find: /^@techgarden\/schema\/kit$/, replacement: source('../../kit/index.ts') },
      { find: /^@techgarden\/schema\/garden\/zero$/, replacement: source('zero/index.ts') },
    ],
  },
  build: { target: 'es2024', chunkSizeWarningLimit: 700 },
});
