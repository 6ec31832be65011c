import { createContext, use } from 'react';

export interface Notice {
  readonly id: number;
  readonly title: string;
  readonly reason: string;
}

/** Shows a notice with a title and a reason. */
export type Tell = (title: string, reason: string) => void;

export const NoticeContext = createContext<Tell | undefined>(undefined);

export function useNotices(): Tell {
  const tell = use(NoticeContext);
  if (!tell) throw new Error('useNotices needs a NoticeProvider above it.');
  return tell;
}
