import { describe, expect, test } from 'vitest';
import { defaultServer } from './default-server.ts';

const options = { folder: '/app', file: '/app/.garden/project/server.ts', role: 'app_user' };

describe('the default server', () => {
  test('is made from the Zero files alone', () => {
    const text = defaultServer({ ...options, config: { zero: { out: './src' } } });
    expect(text).toContain("import { schema } from '../../src/zero-schema.gen.ts';");
    expect(text).toContain("import { rules } from '../../src/zero-rules.gen.ts';");
    expect(text).toContain('const queries = defineQueries({ rows: tableQueries(schema) });');
    expect(text).toContain(
      'const mutators = defineMutators({ rows: crudMutators(schema, { checks }) });',
    );
    expect(text).toContain("role: 'app_user',");
    expect(text).toContain('export default { fetch:');
  });

  test('imports the queries and mutators of the project', () => {
    const dev = { queries: './src/queries.ts', mutators: './src/mutators.ts' };
    const text = defaultServer({ ...options, config: { zero: {}, dev } });
    expect(text).toContain("import { queries } from '../../src/queries.ts';");
    expect(text).toContain("import { mutators } from '../../src/mutators.ts';");
    expect(text).toContain("import { schema } from '../../zero-schema.gen.ts';");
    expect(text).not.toMatch(/crudMutators|tableQueries|defineQueries/);
  });

  test('denies everything if no table has rules', () => {
    const text = defaultServer({ ...options, config: { zero: {} }, role: undefined });
    expect(text).toContain('rules: { claims: {}, tables: {} },');
    expect(text).toContain('role: false,');
    expect(text).not.toContain('zero-rules');
  });
});
