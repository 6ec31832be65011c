import { parseSync, type Statement } from 'oxc-parser';

/**
 * esbuild declares the top-level `const`, `let` and `class` of a bundle with `var`. A
 * module that reads one too early then silently gets `undefined`, where Node and
 * drizzle-kit throw. `let` restores the error, and keeps every offset of the source map.
 */
export function keepDeadZone(bundle: string, isVar: (name: string) => boolean): string {
  const starts = parseSync('bundle.mjs', bundle).program.body.flatMap((statement) =>
    isMadeConst(bundle, statement, isVar) ? [statement.start] : [],
  );
  let text = '';
  let end = 0;
  for (const start of starts) {
    text += `${bundle.slice(end, start)}let`;
    end = start + 'var'.length;
  }
  return text + bundle.slice(end);
}

function isMadeConst(
  bundle: string,
  statement: Statement,
  isVar: (name: string) => boolean,
): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') return false;
  return statement.declarations.every(({ id, init }) => {
    // A wrapped module declares its names without values, and assigns them when it runs.
    if (init === null) return false;
    if (id.type !== 'Identifier') return true;
    const text = bundle.slice(init.start, init.end);
    // An enum reads its own variable: `var Kind = ((Kind2) => { … })(Kind || {})`.
    const isEnum = text.endsWith(`(${id.name} || {})`);
    // esbuild appends a number to a name that two modules have.
    const isOwnVar = isVar(id.name) || isVar(id.name.replace(/\d+$/, ''));
    return !isEnum && !isOwnVar && !/^__(?:esm|commonJS)\(/.test(text);
  });
}
