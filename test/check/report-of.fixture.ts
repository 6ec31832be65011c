import type { Finding } from '../../src/report/problem.ts';

type Report = Pick<Finding, 'message'> & Partial<Pick<Finding, 'fix'>>;

/** What a rule reports about its bad example, as docs/rules.md shows it. */
export const reportOf = ({ message, fix = '' }: Report): string =>
  `\`\`\`\n${message}\nfix  ${fix}\n\`\`\``;
