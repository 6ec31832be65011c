import { useCallback, useRef, useState, type ReactNode } from 'react';
import { NoticeContext, type Notice } from './use-notices.ts';

/** Error notices, shown until they are dismissed. At most three; older ones are dropped. */
export function NoticeProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const last = useRef(0);
  const tell = useCallback((title: string, reason: string) => {
    last.current += 1;
    const notice = { id: last.current, title, reason };
    setNotices((before) => [...before, notice].slice(-3));
  }, []);
  const dismiss = (id: number): void =>
    setNotices((before) => before.filter((notice) => notice.id !== id));
  return (
    <NoticeContext value={tell}>
      {children}
      <div className="notices" role="alert">
        {notices.map(({ id, title, reason }) => (
          <div key={id} className="notice">
            <div>
              <strong>{title}</strong>
              <p>{reason}</p>
            </div>
            <button
              type="button"
              className="button quiet small"
              aria-label={`Dismiss: ${title}`}
              onClick={() => dismiss(id)}
            >
              ✕
            </button>
          </div>
        ))}
      </div>
    </NoticeContext>
  );
}
