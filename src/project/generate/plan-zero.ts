import { dirname, join, resolve } from 'node:path';
import type { ZeroConfig } from '../config.ts';
import type { ZeroPlan } from '../../emit/zero/plan-zero.ts';
import { printZeroChecks } from '../../emit/zero/print-zero-checks.ts';
import { printZeroRules } from '../../emit/zero/print-zero-rules.ts';
import { printZeroSchema } from '../../emit/zero/print-zero-schema.ts';
import type { AccessRules } from '../../model/rule.ts';
import { compareFiles, writeFiles, type GeneratedFile } from './generated-files.ts';
import { importEnding } from './import-ending.ts';
import type { Project } from '../load-project.ts';
import type { Plan } from './plan.ts';

export interface ZeroFilesOptions {
  readonly config: ZeroConfig;
  readonly zero: ZeroPlan;
  /** Absent if no table has rules: then there is no rules file. */
  readonly rules: AccessRules | undefined;
  /** `--out`, absolute. */
  readonly out: string | undefined;
}

/** The files of the Zero schema, its checks and its rules. */
export async function planZeroFiles(
  { configFile }: Project,
  { config, zero, rules, out }: ZeroFilesOptions,
): Promise<Plan> {
  const folder = out ?? resolve(dirname(configFile), config.out ?? '.');
  const outFile = join(folder, 'zero-schema.gen.ts');
  const files: GeneratedFile[] = [
    {
      file: outFile,
      text: printZeroSchema(zero.zero, {
        outFile,
        importEnding: config.importEnding ?? importEnding(folder),
        ...(config.defaultTypes !== undefined && { defaultTypes: config.defaultTypes }),
      }),
    },
    {
      file: join(folder, 'zero-checks.gen.ts'),
      text: printZeroChecks(zero.checks, zero.insertOnly),
    },
  ];
  if (rules !== undefined) {
    const text = printZeroRules(rules, {
      ...(config.rulesType !== undefined && { package: config.rulesType }),
    });
    files.push({ file: join(folder, 'zero-rules.gen.ts'), text });
  }
  return {
    findings: zero.findings,
    missing: [],
    drifted: () => compareFiles(files),
    write: () => writeFiles(files),
  };
}
