import type { Query, Schema } from '@rocicorp/zero';

/** The exports of a generated Zero schema. */
export interface GeneratedZero {
  readonly schema: Schema;
  readonly zql: Readonly<Record<string, LooseQuery>>;
}

/** A query of a schema that is only known at run time. */
type LooseQuery = Query<string, Schema, Record<string, unknown>> & {
  related(name: string): LooseQuery;
};

/**
 * Compiles the text of a Zero schema and runs it, without a file. Returns `undefined` if
 * `@rocicorp/zero` or esbuild is not installed.
 */
export async function loadZeroSchema(text: string): Promise<GeneratedZero | undefined> {
  const modules = await Promise.all([import('esbuild'), import('@rocicorp/zero')]).catch(
    (error: { readonly code?: unknown }) => {
      if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
      throw error;
    },
  );
  if (modules === undefined) return undefined;
  const [{ transform }, zero] = modules;
  const { code } = await transform(text, { loader: 'ts', format: 'cjs', target: 'es2022' });
  const module: { exports: unknown } = { exports: {} };
  const load = (name: string): unknown => {
    if (name === '@rocicorp/zero') return zero;
    throw new Error(`the Zero schema imports ${name} at run time`);
  };
  // This code is trusted, because it was just generated from the schema.
  new Function('module', 'require', code)(module, load);
  return module.exports as GeneratedZero;
}
