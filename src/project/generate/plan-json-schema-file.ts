import { dirname, resolve } from 'node:path';
import { planJsonSchema } from '../../emit/json-schema/plan-json-schema.ts';
import { printJson } from '../../emit/json-schema/print-json.ts';
import type { Schema } from '../../model/schema.ts';
import type { JsonSchemaConfig } from '../config.ts';
import type { Project } from '../load-project.ts';
import { compareFiles, writeFiles } from './generated-files.ts';
import type { Plan } from './plan.ts';

interface JsonSchemaFileOptions {
  readonly config: JsonSchemaConfig;
  /** `--out`, absolute. */
  readonly out: string | undefined;
}

/** The file of the JSON Schema. */
export function planJsonSchemaFile(
  { configFile }: Pick<Project, 'configFile'>,
  schema: Schema,
  { config, out }: JsonSchemaFileOptions,
): Plan {
  const file = out ?? resolve(dirname(configFile), config.out ?? './schema.json');
  const { document, listed } = planJsonSchema(schema, config);
  const files = [{ file, text: printJson(document) }];
  const one = listed.length === 1;
  return {
    findings: [],
    notes:
      listed.length === 0
        ? []
        : [
            `JSON Schema cannot express ${listed.length} ${one ? 'CHECK' : 'CHECKs'}; x-checks ${one ? 'lists it' : 'lists them'}: ${listed.join(', ')}`,
          ],
    missing: [],
    drifted: () => compareFiles(files),
    write: () => writeFiles(files),
  };
}
