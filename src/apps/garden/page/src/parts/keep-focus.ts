import type { MouseEvent } from 'react';

/**
 * For a button that goes with what it does: gives its focus to what stays around it, so
 * that a keyboard goes on from there and not from the top of the page.
 */
export function keepFocus(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
}
