/** Progress events of a starting stack. */
type StageEvent =
  | { readonly type: 'begun'; readonly stage: string }
  | {
      readonly type: 'done';
      readonly stage: string;
      /** The result: `18.4 on port 23456`. */
      readonly detail: string;
      readonly milliseconds: number;
    };

export type OnStage = (event: StageEvent) => void;

/** Runs one stage and reports its progress. */
export async function runStage<Result>(
  stage: string,
  onStage: OnStage,
  work: () => Promise<{ readonly result: Result; readonly detail: string }>,
): Promise<Result> {
  const start = performance.now();
  onStage({ type: 'begun', stage });
  const { result, detail } = await work();
  onStage({ type: 'done', stage, detail, milliseconds: performance.now() - start });
  return result;
}
