import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import type { LintRule, RuleOption } from '../../src/check/lint-rule.ts';
import { isSql, withImports } from './rule-examples.fixture.ts';

const docs = join(import.meta.dirname, '../../docs/rules.md');

const anchor = ({ code }: LintRule): string => code.replace('/', '');

const row = (rule: LintRule): string =>
  `| [\`${rule.code}\`](#${anchor(rule)}) | ${rule.severity} | ${rule.presets.join(', ')} | ${rule.title} |`;

function block(rule: LintRule, text: string): string {
  return isSql(rule) ? `\`\`\`sql\n${text}\n\`\`\`` : `\`\`\`ts\n${withImports(text)}\`\`\``;
}

function options({ options: all = {} }: LintRule): string {
  const list = Object.entries(all as Readonly<Record<string, RuleOption<unknown>>>);
  const lines = list.map(
    ([name, { default: standard, help }]) =>
      `- \`${name}\`, ${JSON.stringify(standard)} by default: ${help}.\n`,
  );
  return lines.length === 0 ? '' : `\nOptions:\n\n${lines.join('')}`;
}

const section = (rule: LintRule): string => `## ${rule.code}

${rule.title} ${rule.why}

Severity: ${rule.severity}. Presets: ${rule.presets.join(', ')}. Judges: ${rule.inputs.join(', ')}.
${options(rule)}
Reported:

${block(rule, rule.example.bad)}

Not reported:

${block(rule, rule.example.good)}
`;

const page = `# Lint rules

<!-- Made from src/check/rules: \`UPDATE_DOCS=1 npx vitest run test/check/rule-docs\`. -->

A rule's id is the \`code\` of its findings. \`garden validate\` runs the rules of the preset \`recommended\`, unless garden.config.ts names others.

| rule | severity | presets | what it asks for |
| --- | --- | --- | --- |
${builtInRules.map(row).join('\n')}

${builtInRules.map(section).join('\n')}`;

test('docs/rules.md describes every rule', () => {
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(docs, page);
  const squeeze = (text: string): string =>
    text.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
  const code = (text: string): readonly string[] =>
    [...text.matchAll(/```(?:ts|sql)\n(.*?)```/gs)].map(([, one = '']) =>
      one.replaceAll(/[\s,()]+/g, ''),
    );
  const prose = (text: string): string => squeeze(text.replaceAll(/```.*?```/gs, ''));
  // oxfmt changes the layout of the code.
  const written = readFileSync(docs, 'utf8');
  expect(prose(written)).toBe(prose(page));
  expect(code(written)).toEqual(code(page));
});
