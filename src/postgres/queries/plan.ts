/** A step of an executed plan, with its totals over all loops. */
export interface PlanStep {
  /** What the step does: `Index Scan`, `Hash Join`. */
  readonly node: string;
  /** A name of the subplan, for example `CTE ranked` or `InitPlan 1`. */
  readonly subplan?: string;
  readonly table?: string;
  readonly index?: string;
  /** Conditions by their name in EXPLAIN: `Index Cond`, `Filter`. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Estimated rows of one loop. */
  readonly estimatedRows: number;
  /** Real rows of one loop, on average. */
  readonly rows: number;
  readonly loops: number;
  /** Rows that the conditions removed, over all loops. */
  readonly removedRows: number;
  /** Time of the step and of the steps below it. */
  readonly milliseconds: number;
  /** Time of the step alone. */
  readonly ownMilliseconds: number;
  /** Blocks of 8 kB that the step and the steps below it used. */
  readonly blocks: { readonly hit: number; readonly read: number };
  readonly steps: readonly PlanStep[];
}

/** The output of EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON). */
export interface Plan {
  readonly planningMilliseconds: number;
  readonly executionMilliseconds: number;
  readonly root: PlanStep;
}

/** A node of EXPLAIN's JSON. Times and rows are averages of one loop. */
interface JsonNode {
  readonly 'Node Type': string;
  readonly 'Subplan Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Plan Rows': number;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Actual Total Time'?: number;
  readonly 'Workers Launched'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly JsonNode[];
}

interface JsonPlan {
  readonly Plan: JsonNode;
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
}

/** Reads the JSON of EXPLAIN. */
export function readPlan(json: unknown): Plan {
  const [plan] = (typeof json === 'string' ? JSON.parse(json) : json) as [JsonPlan];
  return {
    planningMilliseconds: plan['Planning Time'],
    executionMilliseconds: plan['Execution Time'],
    root: readStep(plan.Plan, 1),
  };
}

/** @param processes that share the loops of the step: the leader and its workers */
function readStep(node: JsonNode, processes: number): PlanStep {
  const below = (node['Workers Launched'] ?? 0) + processes;
  const steps = (node.Plans ?? []).map((step) => readStep(step, below));
  const milliseconds = ((node['Actual Total Time'] ?? 0) * node['Actual Loops']) / processes;
  const inSteps = steps.reduce((sum, step) => sum + step.milliseconds, 0);
  const { 'Subplan Name': subplan, 'Relation Name': table, 'Index Name': index } = node;
  return {
    node: node['Node Type'],
    ...(subplan !== undefined && { subplan }),
    ...(table !== undefined && { table }),
    ...(index !== undefined && { index }),
    conditions: Object.fromEntries(
      Object.entries(node).filter(([name, value]) => isCondition(name, value)),
    ) as Record<string, string>,
    estimatedRows: node['Plan Rows'],
    rows: node['Actual Rows'],
    loops: node['Actual Loops'],
    removedRows: Object.entries(node)
      .filter(([name]) => name.startsWith('Rows Removed by '))
      .reduce((sum, [, rows]) => sum + Number(rows) * node['Actual Loops'], 0),
    milliseconds,
    // A CTE runs inside the scan that reads it, not inside the step that it is listed under.
    ownMilliseconds: Math.max(0, milliseconds - inSteps),
    blocks: { hit: node['Shared Hit Blocks'] ?? 0, read: node['Shared Read Blocks'] ?? 0 },
    steps,
  };
}

const isCondition = (name: string, value: unknown): boolean =>
  typeof value === 'string' && (name.endsWith(' Cond') || name.endsWith('Filter'));

/** All steps of a plan, each before the steps below it. */
export const stepsOf = (step: PlanStep): readonly PlanStep[] => [
  step,
  ...step.steps.flatMap(stepsOf),
];

/** The step that took the most time itself. */
export const slowestStep = ({ root }: Plan): PlanStep =>
  stepsOf(root).reduce((slowest, step) =>
    step.ownMilliseconds > slowest.ownMilliseconds ? step : slowest,
  );
