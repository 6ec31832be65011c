import { escapeControls } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import { slowestStep, type Plan, type PlanStep } from '../../postgres/queries/plan.ts';

/** An estimate is reported as wrong if it is off by more than this factor. */
const TOLERATED = 10;

/** A plan as a tree. The step that took the most time is marked. */
export function printPlan(plan: Plan, paint: Paint): readonly string[] {
  const slowest = slowestStep(plan);
  const print = (step: PlanStep, indent: string, isLast: boolean, isRoot: boolean): string[] => {
    const branch = isRoot ? '' : `${indent}${isLast ? '└─ ' : '├─ '}`;
    const inside = isRoot ? '' : `${indent}${isLast ? '   ' : '│  '}`;
    const details = `${inside}${step.steps.length > 0 ? '│  ' : '   '}`;
    return [
      `${branch}${title(step, paint)}${step === slowest ? share(plan, step, paint) : ''}`,
      ...detailsOf(step).map((line) => `${details}${paint('dim', escapeControls(line))}`),
      ...step.steps.flatMap((below, at) =>
        print(below, inside, at === step.steps.length - 1, false),
      ),
    ];
  };
  const { planningMilliseconds, executionMilliseconds, root } = plan;
  return [
    ...print(root, '', true, true),
    paint(
      'dim',
      `planning ${time(planningMilliseconds)}, execution ${time(executionMilliseconds)}`,
    ),
  ];
}

function title(step: PlanStep, paint: Paint): string {
  const { node, subplan, table, index, rows, loops, estimatedRows, milliseconds } = step;
  const on = table === undefined ? '' : ` on ${table}`;
  const using = index === undefined ? '' : ` using ${index}`;
  const name = escapeControls(`${subplan === undefined ? '' : `${subplan}: `}${node}${on}${using}`);
  const painted = paint(node.includes('Seq Scan') ? 'yellow' : 'cyan', name);
  if (loops === 0) return `${painted}  never executed`;
  const times = loops === 1 ? '' : ` × ${count(loops)}`;
  const estimate = `estimated ${count(estimatedRows)}`;
  const wrong = isWrong(step) ? paint('yellow', estimate) : estimate;
  return `${painted}  ${count(rows)} ${rows === 1 ? 'row' : 'rows'}${times} (${wrong})  ${time(milliseconds)}`;
}

const share = ({ executionMilliseconds }: Plan, step: PlanStep, paint: Paint): string => {
  const percent = Math.min(100, Math.round((step.ownMilliseconds / executionMilliseconds) * 100));
  return paint('red', `  ← slowest: ${time(step.ownMilliseconds)} itself, ${percent} %`);
};

const isWrong = ({ rows, estimatedRows }: PlanStep): boolean =>
  Math.max(rows, 1) / Math.max(estimatedRows, 1) > TOLERATED ||
  Math.max(estimatedRows, 1) / Math.max(rows, 1) > TOLERATED;

function detailsOf({ conditions, removedRows, blocks, loops }: PlanStep): readonly string[] {
  if (loops === 0) return [];
  const { hit, read } = blocks;
  return [
    ...Object.entries(conditions).map(([name, condition]) => `${name}: ${condition}`),
    ...(removedRows > 0 ? [`removed ${count(removedRows)} rows`] : []),
    ...(hit + read > 0 ? [`blocks: ${count(hit)} in memory, ${count(read)} read`] : []),
  ];
}

const count = (amount: number): string =>
  amount.toLocaleString('en-GB', { maximumFractionDigits: 2 });

const time = (milliseconds: number): string =>
  `${milliseconds.toFixed(milliseconds < 1 ? 3 : 1)} ms`;
