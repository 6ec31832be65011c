import type { MouseEvent } from 'react';

/**
 * Moves the focus from a button that its action removes to a surrounding element. Keyboard users
 * continue there instead of at the top of the page.
 */
export function keepFocus(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
}
