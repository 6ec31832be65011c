import { readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const INSIDE = /\/node_modules\/drizzle-orm\/[^?#]*\.js$/;

/**
 * To determine whether a module is ESM, Node parses Drizzle's package.json (180 KB) once
 * for each of its modules. That takes half a second and 170 MB in Node 24.21, but not in
 * Node 20. This hook resolves imports between Drizzle's modules instead.
 */
export function loadDrizzleQuickly(): void {
  // Node has it since 22.15; in older versions even a named import of it would fail to
  // link.
  if (typeof nodeModule.registerHooks !== 'function') return;
  const found = new Map<string, ReturnType<typeof module>>();
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = '' } = context;
      if (INSIDE.test(parentURL) && /^\.\.?\//.test(specifier)) {
        const url = new URL(specifier, parentURL).href;
        return INSIDE.test(url) ? module(url) : next(specifier, context);
      }
      if (!/^drizzle-orm(?:\/|$)/.test(specifier)) return next(specifier, context);
      const key = `${new URL('.', parentURL).href} ${specifier}`;
      const known = found.get(key);
      if (known !== undefined) return known;
      const result = next(specifier, context);
      if (INSIDE.test(result.url)) found.set(key, module(result.url));
      return result;
    },
    load(url, context, next) {
      if (context.format !== 'module' || !INSIDE.test(url)) return next(url, context);
      return { source: readFileSync(fileURLToPath(url)), format: 'module', shortCircuit: true };
    },
  });
}

const module = (url: string) => ({ url, format: 'module', shortCircuit: true }) as const;
