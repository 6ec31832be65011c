import { useEffect, useRef, type ReactNode } from 'react';

/** Asks for more when it comes into sight; a button for those who do not scroll. */
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
