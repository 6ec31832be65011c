import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newSeen } from '../../../project/seen.ts';
import { inputsOf, isSavedSince } from './inputs-of.ts';

function project() {
  const folder = mkdtempSync(join(tmpdir(), 'garden-inputs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'migrations');
  mkdirSync(out);
  const [schema, sql] = [join(folder, 'schema.ts'), join(out, '0000.sql')];
  const seen = newSeen();
  for (const file of [schema, sql]) {
    writeFileSync(file, 'a');
    utimesSync(file, 1, 1);
    seen.files.add(file);
  }
  return {
    schema,
    sql,
    inputs: () => inputsOf(seen, out),
    saved: () => isSavedSince(2000, seen, out),
  };
}

test('a source file counts when it is saved, a migration when its content changes', () => {
  const { schema, sql, inputs, saved } = project();
  const before = inputs();
  utimesSync(sql, 3, 3);
  expect([inputs() === before, saved()]).toEqual([true, false]);
  utimesSync(schema, 3, 3);
  expect([inputs() === before, saved()]).toEqual([false, true]);
  const next = inputs();
  writeFileSync(sql, 'b');
  expect(inputs()).not.toBe(next);
});

test('a file that is removed counts', () => {
  const { schema, inputs } = project();
  const before = inputs();
  rmSync(schema);
  expect(inputs()).not.toBe(before);
});
