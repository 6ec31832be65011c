import { defineRule, type LintRule } from '../lint-rule.ts';

export const extensionInPublic: LintRule = defineRule({
  code: 'lint/extension-in-public',
  severity: 'warning',
  presets: ['supabase'],
  title: 'No extension is in public.',
  why: "Supabase's API serves the functions of public, including those of extensions.",
  inputs: ['database'],
  example: {
    bad: `create extension citext;`,
    good: `create schema if not exists extensions;
create extension citext schema extensions;`,
    alike: [`create table citext (id uuid primary key);`],
  },
  check: ({ extensions }) =>
    extensions
      .filter(({ name, schema }) => schema === 'public' && !FIXED.has(name))
      .map(({ name }) => ({
        object: name,
        places: [],
        message: `the extension ${name} is in public.`,
        fix: `run ALTER EXTENSION ${name} SET SCHEMA extensions.`,
      })),
});

/** Extensions that cannot be moved. */
const FIXED = new Set(['postgis', 'pg_net', 'pgmq']);
