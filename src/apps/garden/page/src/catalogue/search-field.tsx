import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

interface Props {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Searches as the user types. "/" focuses the field, and arrow down moves to the results. */
export function SearchField({ text, onText }: Props): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onText('');
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    document.querySelector<HTMLElement>('.results a')?.focus();
  };

  return (
    <search className="search">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <circle cx="10.500" cy="10.500" r="6.500" />
        <path d="m15.500 15.500 5 5" />
      </svg>
      <input
        ref={field}
        type="search"
        aria-label="Search packages by name"
        aria-keyshortcuts="/"
        placeholder="Search by name"
        value={text}
        maxLength={256}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
    </search>
  );
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, dialog *');
