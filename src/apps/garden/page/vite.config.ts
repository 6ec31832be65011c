import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const source = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The page imports the package by its public names. Here they lead to the source,
    // which needs no build; in a project of yours, take these lines out.
    alias: [
      { find: /^@techgarden\/schema$/, replacement: source('index.ts') },
      { find: /^@techgarden\/schema\/kit$/, replacement: source('../../kit/index.ts') },
      { find: /^@techgarden\/schema\/garden\/zero$/, replacement: source('zero/index.ts') },
    ],
  },
  build: { target: 'es2024', chunkSizeWarningLimit: 700 },
});
