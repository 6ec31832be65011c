import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { callFunction } from './call-function.ts';

/**
 * Counts a use of a template that the principal may read. Returns the new count, or undefined if
 * there is no such template or it is switched off. Run it as the principal.
 */
export async function usePromptTemplate(
  db: AnyDatabase,
  templateId: string,
): Promise<number | undefined> {
  const uses = await callFunction<number | null>(db, 'use_prompt_template', [
    { name: 'template', type: 'uuid', value: templateId },
  ]);
  return uses ?? undefined;
}
