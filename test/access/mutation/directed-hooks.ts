import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { directedMutants } from './directed-mutants.ts';
import { patchSource, ROOT } from './patch-source.ts';

/**
 * `import('./open-place.ts?mutant=3')` loads that file and all that it imports once more, with
 * the mistake of mutant 3. `--import` this file.
 */
const own = pathToFileURL(`${ROOT}/`).href;
const PACKAGES = `${own}node_modules/`;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const mutant = context.parentURL && new URL(context.parentURL).searchParams.get('mutant');
    const isOwn = resolved.url.startsWith(own) && !resolved.url.startsWith(PACKAGES);
    return mutant && isOwn && !resolved.url.includes('?')
      ? { ...resolved, url: `${resolved.url}?mutant=${mutant}` }
      : resolved;
  },
  load(url, context, next) {
    const at = url.startsWith(own) ? new URL(url).searchParams.get('mutant') : null;
    const mutant = at === null ? undefined : directedMutants[Number(at)];
    if (!mutant || fileURLToPath(url.split('?')[0] as string) !== join(ROOT, mutant.file)) {
      return next(url, context);
    }
    return { format: 'module-typescript', source: patchSource(mutant), shortCircuit: true };
  },
});
