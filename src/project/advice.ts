/** Advice for the errors that JavaScript throws most often. */
export function adviceFor(error: unknown): string | undefined {
  const { message } = error instanceof Error ? error : { message: '' };
  const name = /^(\S+) is not defined$/.exec(message)?.[1];
  if (name !== undefined) return `import or define ${name}, or correct its spelling.`;
  const called = /(\w+) is not a function$/.exec(message)?.[1];
  if (called !== undefined) {
    return RULES.has(called)
      ? `write ${called} without (): it is a rule, not a function.`
      : `correct the spelling of ${called}; \`npx tsc --noEmit\` finds such mistakes.`;
  }
  return /^Cannot read properties of (?:undefined|null)/.test(message)
    ? 'the value before the dot is missing: check for a misspelled name, or an environment variable that is not set.'
    : undefined;
}

const RULES: ReadonlySet<string> = new Set(['anyone', 'nobody', 'authenticated']);

/** Advice for an import that esbuild cannot resolve. */
export function adviceForImport(text: string): string {
  const path = /^Could not resolve "([^"]+)"/.exec(text)?.[1] ?? '';
  if (/^[./]/.test(path)) return 'correct the path of the import, or create the file.';
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
  return `correct the import, or install the package: npm install ${name}.`;
}
