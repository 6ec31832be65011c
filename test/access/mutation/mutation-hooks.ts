import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutatedFiles } from './mutated-files.ts';

/** Loads the mutated sources in place of the original ones. `--import` it. */
const files = mutatedFiles();

registerHooks({
  load(url, context, next) {
    const own = url.startsWith('file:') ? files.get(fileURLToPath(url)) : undefined;
    if (!own) return next(url, context);
    return { format: 'module-typescript', source: own.code, shortCircuit: true };
  },
});
