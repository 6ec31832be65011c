import { useEffect, useRef, type ReactNode } from 'react';

/** Loads more when it scrolls into view. Also a button, for users who do not scroll. */
export function LoadMore({ onMore }: { readonly onMore: () => void }): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!button.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      { rootMargin: '400px' },
    );
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <button ref={button} type="button" className="button quiet more" onClick={onMore}>
      Load more
    </button>
  );
}
