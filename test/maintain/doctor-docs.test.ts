import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import { DOCTOR_CHECKS } from '../../src/maintain/doctor/doctor-checks.ts';
import { DOCTOR_RULES, SUPABASE_RULES } from '../../src/project/operate/doctor-rules.ts';

const file = join(import.meta.dirname, '../../docs/maintenance.md');

/** Checks that are not questions to the database alone. */
const OTHERS = [
  ['health', 'doctor/growth', 'a table that grew much since the last run in the same folder'],
  [
    'drift',
    'doctor/migrations',
    'migrations that are not applied, or that differ from the applied ones',
  ],
  ['drift', 'doctor/drift', 'an object that is missing, added, or different from its definition'],
] as const;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const checks = table(
  ['group', 'code', 'what it finds'],
  [...DOCTOR_CHECKS.map(({ group, code, finds }) => [group, code, finds] as const), ...OTHERS].map(
    ([group, code, finds]) => [group, `\`${code}\``, finds],
  ),
);

const rules = table(
  ['group', 'code', 'what holds'],
  Object.entries({ ...DOCTOR_RULES, ...SUPABASE_RULES }).map(([code, group]) => [
    code in SUPABASE_RULES ? `${group}, on Supabase` : group,
    `\`${code}\``,
    builtInRules.find((rule) => rule.code === code)?.title ?? '',
  ]),
);

const squeeze = (text: string): string =>
  text.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');

test('docs/maintenance.md lists all checks', () => {
  const text = readFileSync(file, 'utf8');
  const written = text
    .replace(
      /<!-- checks -->[^]*<!-- \/checks -->/,
      `<!-- checks -->\n\n${checks}\n\n<!-- /checks -->`,
    )
    .replace(/<!-- rules -->[^]*<!-- \/rules -->/, `<!-- rules -->\n\n${rules}\n\n<!-- /rules -->`);
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(file, written);
  expect(squeeze(readFileSync(file, 'utf8'))).toBe(squeeze(written));
});

test('each rule of the linter that the doctor runs exists', () => {
  const codes = new Set(builtInRules.map(({ code }) => code));
  expect(
    Object.keys({ ...DOCTOR_RULES, ...SUPABASE_RULES }).filter((code) => !codes.has(code)),
  ).toEqual([]);
});
