import type { Page } from '../../../../postgres/queries/paged-query.ts';
import { ServiceError } from '../../../../services/service-error.ts';
import type { ListedPrompt } from '../../queries/history-pages.ts';
import type { NewPromptHistory, PromptHistory } from '../../tables/prompt-history.ts';
import type { MethodContext } from './method-context.ts';
import { needUser } from './need-user.ts';

type Filled =
  | 'id'
  | 'userId'
  | 'frameworkName'
  | 'vibeCoding'
  | 'status'
  | 'createdAt'
  | 'updatedAt';

/** A prompt as its author writes it; the services add what is left out. */
export type WrittenPrompt = Omit<NewPromptHistory, Filled> &
  Partial<Pick<NewPromptHistory, Exclude<Filled, 'userId'>>>;

export interface HistoryMethods {
  /** The user's prompts, newest first. `next` is the cursor of `promptHistory.list()`. */
  getPromptHistory(limit?: number, offset?: number): Promise<Page<ListedPrompt>>;
  /** Keeps a prompt. Returns undefined if the user has switched the history off. */
  savePrompt(prompt: WrittenPrompt): Promise<PromptHistory | undefined>;
  /** Deletes all of the user's prompts, and returns their number. */
  clearPromptHistory(): Promise<number>;
}

const LISTED = ['id', 'frameworkName', 'model', 'userInput', 'createdAt', 'status'] as const;

export const historyMethods = ({ tables, userId }: MethodContext): HistoryMethods => ({
  async getPromptHistory(limit = 50, offset = 0) {
    const own = needUser(userId, 'prompt_history', 'list');
    return tables.promptHistory.list({
      columns: LISTED,
      where: { userId: own },
      order: { createdAt: 'desc' },
      limit,
      ...(offset > 0 && { offset }),
    });
  },
  async savePrompt(prompt) {
    const own = needUser(userId, 'prompt_history', 'create');
    return tables.transaction(async (services) => {
      const { rows } = await services.promptFrameworks.list({
        columns: ['displayName'],
        where: { name: prompt.frameworkId },
        limit: 1,
      });
      const frameworkName = prompt.frameworkName ?? rows[0]?.displayName;
      if (frameworkName === undefined) throw unknownFramework();
      // A trigger leaves the row out if the user has switched the history off.
      const created: PromptHistory | undefined = await services.promptHistory.create({
        vibeCoding: false,
        status: 'pending',
        ...prompt,
        frameworkName,
        userId: own,
      });
      return created;
    });
  },
  async clearPromptHistory() {
    const own = needUser(userId, 'prompt_history', 'remove');
    let count = 0;
    for (;;) {
      const { rows } = await tables.promptHistory.list({
        columns: ['id'],
        where: { userId: own },
        limit: 1000,
      });
      if (rows.length === 0) return count;
      await tables.promptHistory.removeMany(
        rows.map(({ id }) => id),
        { columns: [] },
      );
      count += rows.length;
    }
  },
});

const unknownFramework = (): ServiceError =>
  new ServiceError({
    code: 'invalid',
    table: 'prompt_history',
    issues: [{ path: ['frameworkId'], message: 'is not the name of a framework' }],
  });
