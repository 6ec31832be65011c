const OPENS = /^(?:begin|start\s+transaction)\b/i;
const ENDS = /^(?:commit|end|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b)|abort)\b/i;

/** Whether a statement opens a transaction (true) or ends it (false). */
export const transactionStep = (text: string): boolean | undefined =>
  OPENS.test(text) ? true : ENDS.test(text) ? false : undefined;
