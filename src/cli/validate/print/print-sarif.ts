import { fingerprintOf } from '../../../check/baseline.ts';
import type { Validation } from '../../../check/validation.ts';
import { escapedJson } from '../../../command/escape-controls.ts';
import type { NamedPlace } from '../../../report/place.ts';
import type { Finding, Problem } from '../../../report/problem.ts';
import { relativePlaces } from '../../../report/relative-places.ts';
import { packageVersion } from '../../package-version.ts';
import type { PrintContext } from './print-context.ts';
import { notJudgedLines } from './print-not-judged.ts';
import { sarifRules } from './sarif-rules.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** The name of the folder that the URIs are relative to, as GitHub and VS Code know it. */
const ROOT = '%SRCROOT%';

/** For code scanning: SARIF 2.1.0. It contains accepted findings as suppressed. */
export function printSarif(validation: Validation, { folder }: PrintContext): string {
  const { findings, ignored, notJudged, rules, baseline } = validation;
  const results = [
    ...findings.map((finding) => ({ finding, suppression: undefined })),
    ...ignored.map((finding) => ({
      finding,
      suppression: { kind: 'inSource', justification: finding.reason },
    })),
    ...(baseline?.accepted ?? []).map((finding) => ({
      finding,
      suppression: { kind: 'external', justification: `accepted by ${baseline?.file}` },
    })),
  ];
  const described = sarifRules(
    rules,
    results.map(({ finding }) => finding),
  );
  return printRun(
    true,
    described,
    results.map(({ finding, suppression }) => ({
      ...resultOf(relativePlaces(finding, folder)),
      ruleIndex: described.findIndex(({ id }) => id === finding.code),
      suppressions: suppression === undefined ? [] : [suppression],
    })),
    notJudgedLines(notJudged, folder).map((text) => ({
      level: 'note',
      message: { text: `Not judged: ${text}` },
    })),
  );
}

/** A run that could not judge anything. */
export function printFailedSarif(problems: readonly Problem[], folder: string): string {
  const notifications = problems.map((problem) => ({
    level: 'error',
    descriptor: { id: problem.code },
    message: { text: textOf(problem) },
    locations: locationsOf(relativePlaces(problem, folder).places ?? []),
  }));
  return printRun(false, [], [], notifications);
}

function printRun(
  executionSuccessful: boolean,
  rules: readonly object[],
  results: readonly object[],
  toolExecutionNotifications: readonly object[],
): string {
  const run = {
    tool: { driver: { name: 'garden validate', semanticVersion: packageVersion(), rules } },
    invocations: [{ executionSuccessful, toolExecutionNotifications }],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the checkout.' } } },
    columnKind: 'utf16CodeUnits',
    results,
  };
  return `${escapedJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, 2)}\n`;
}

function resultOf(finding: Finding) {
  const { code, severity, object, places = [] } = finding;
  const [first, ...related] = locationsOf(places);
  const logicalLocations = object === undefined ? [] : [{ fullyQualifiedName: object }];
  const fingerprint = fingerprintOf(finding);
  return {
    ruleId: code,
    level: severity,
    message: { text: textOf(finding) },
    locations: first || object !== undefined ? [{ ...first, logicalLocations }] : [],
    ...(related.length > 0 && { relatedLocations: related }),
    ...(fingerprint && {
      partialFingerprints: { 'ruleAndObject/v1': `${fingerprint.rule} ${fingerprint.object}` },
    }),
  };
}

const locationsOf = (places: readonly NamedPlace[]) =>
  places.map(({ file, line, name }) => ({
    physicalLocation: {
      artifactLocation: artifactOf(file),
      ...(line !== undefined && { region: { startLine: line } }),
    },
    ...(name !== undefined && { message: { text: name } }),
  }));

/** A file outside of the folder has an absolute URI. */
function artifactOf(file: string) {
  const path = file.replaceAll('\\', '/');
  const isAbsolute = /^(?:\/|[A-Za-z]:\/)/.test(path);
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return isAbsolute
    ? { uri: `file://${path.startsWith('/') ? '' : '/'}${uri.replace('%3A', ':')}` }
    : { uri, uriBaseId: ROOT };
}

const textOf = ({ message, fix, paste }: Problem & Pick<Finding, 'paste'>): string =>
  [`${message} Fix: ${fix}`, ...(paste === undefined ? [] : [paste])].join('\n');
