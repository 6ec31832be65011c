import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printBaseline } from '../../check/baseline.ts';
import { jsonType } from '../../check/rules/json-type.ts';
import type { Validation } from '../../check/validation.ts';
import { summarise } from './print/summarise.ts';
import { openBaseline } from './use-baseline.ts';

test('a file that cannot be written, as in CI, does not fail the run, and that is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'garden-baseline-'));
  try {
    const file = join(folder, 'b.json');
    writeFileSync(file, printBaseline([{ rule: 'lint/json-type', object: 'public.a.data' }]));
    const useBaseline = openBaseline(folder, 'b.json');
    // Nobody can write to a folder, whereas the superuser can write to a read-only file.
    rmSync(file);
    mkdirSync(file);
    const none: Validation = {
      findings: [],
      ignored: [],
      notJudged: [],
      tables: 1,
      rules: [jsonType],
    };
    const validation = useBaseline(none);
    expect(validation.baseline).toEqual({
      file: 'b.json',
      accepted: [],
      gone: 1,
      state: 'unwritable',
    });
    expect(summarise(validation)).toBe(
      'No new findings in 1 table by 1 rule; 0 findings accepted by b.json; 1 entry of it is gone, but the file is read-only: run the command locally, and commit the file.',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
