import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import type { LintRule, RuleOption } from '../../src/check/lint-rule.ts';
import { migrationRules } from '../../src/check/migrations/migration-rules.ts';
import * as problemCodes from '../../src/report/problem-codes.ts';
import { peerRules, type PeerRule } from './peer-rules.fixture.ts';
import { isSql, withImports } from './rule-examples.fixture.ts';

const docs = join(import.meta.dirname, '../../docs/rules.md');

const PROBLEM_CODES = Object.values(problemCodes).flatMap((group) => Object.keys(group));

const anchor = ({ code }: LintRule): string => code.replace('/', '');

const row = (rule: LintRule): string =>
  `| [\`${rule.code}\`](#${anchor(rule)}) | ${rule.severity} | ${rule.presets.join(', ')} | ${rule.title} |`;

function block(rule: LintRule, text: string): string {
  return isSql(rule) ? `\`\`\`sql\n${text}\n\`\`\`` : `\`\`\`ts\n${withImports(text)}\`\`\``;
}

/** Severity, presets, inputs, options and exceptions of a rule. */
function facts({ severity, presets, inputs, opposite, planned, options = {} }: LintRule): string {
  const settings = Object.entries(options as Readonly<Record<string, RuleOption<unknown>>>);
  return [
    `Severity: ${severity}. Presets: ${presets.join(', ')}. Judges: ${inputs.join(', ')}.`,
    ...settings.map(
      ([name, { default: standard, help }]) =>
        `Option \`${name}\`: ${help}. Default: \`${JSON.stringify(standard)}\`.`,
    ),
    ...(opposite ? [`Cannot be enabled with ${opposite.map(code).join(' or ')}.`] : []),
    ...(planned
      ? [`For a project whose garden.config.ts has a \`zero\` part, \`${planned}\` replaces it.`]
      : []),
  ].join('\n\n');
}

const code = (text: string): string => `\`${text}\``;

/** A rule of another tool, and the rules here that cover it. */
const peerRow = ({ peer, id, rules, reason }: PeerRule): string =>
  `| ${peer} | ${id} | ${[rules.map(code).join(', '), reason].filter((part) => part !== '').join('; ')} |`;

/** What each rule reports about its bad example; written with UPDATE_DOCS, and tested elsewhere. */
let reports: ReadonlyMap<string, string> = new Map();

const section = (rule: LintRule): string => `## ${rule.code}

${rule.title} ${rule.why}

${facts(rule)}

Reported:

${block(rule, rule.example.bad)}

${reports.get(rule.code) ?? ''}

Not reported:

${block(rule, rule.example.good)}
`;

const allRules: readonly LintRule[] = [...builtInRules, ...migrationRules];

const writePage = (): string => `# Lint rules

<!-- Made from src/check: \`UPDATE_DOCS=1 npx vitest run test/check/rule-docs\`. -->

A rule's id is the \`code\` of its findings. \`garden validate\` runs the rules of the preset \`recommended\`, unless garden.config.ts names others. The rules \`migration/…\` are about the statements of migrations, and run with \`--migrations\`. Below each example is the finding. Its fix is in SQL if the input is SQL or a database.

| rule | severity | presets | requirement |
| --- | --- | --- | --- |
${allRules.map(row).join('\n')}

${allRules.map(section).join('\n')}
## Rules of other tools

For each rule of other linters, the rule here that covers it, or the reason why none does.

| tool | rule | here |
| --- | --- | --- |
${peerRules.map(peerRow).join('\n')}
`;

test('each rule of another tool has an answer that exists, or a reason', () => {
  const known = new Set([...allRules.map((rule) => rule.code), ...PROBLEM_CODES]);
  for (const { peer, id, rules, reason } of peerRules) {
    expect(rules.length + reason.length, `${peer} ${id}`).toBeGreaterThan(0);
    const unknown = rules.filter((rule) => !known.has(rule));
    expect(unknown, `${peer} ${id}`).toEqual([]);
  }
  const ids = peerRules.map(({ peer, id }) => `${peer} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(peerRules.filter(({ peer }) => peer === 'splinter').length).toBe(29);
});

test('docs/rules.md describes every rule', async () => {
  if (process.env['UPDATE_DOCS'] !== undefined) {
    const { allReports } = await import('./rule-reports.fixture.ts');
    reports = await allReports();
    writeFileSync(docs, writePage());
  }
  const squeeze = (text: string): string =>
    text.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
  const blocks = (text: string): readonly string[] =>
    [...text.matchAll(/```(?:ts|sql)\n(.*?)```/gs)].map(([, one = '']) =>
      one.replaceAll(/[\s,()]+/g, ''),
    );
  const prose = (text: string): string =>
    squeeze(text.replaceAll(/```.*?```/gs, '')).replaceAll(/\n{2,}/g, '\n\n');
  // oxfmt changes the layout of the code.
  const written = readFileSync(docs, 'utf8');
  const page = writePage();
  expect(prose(written)).toBe(prose(page));
  expect(blocks(written)).toEqual(blocks(page));
});
