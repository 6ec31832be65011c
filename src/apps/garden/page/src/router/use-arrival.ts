import { useEffect, type RefObject } from 'react';
import { leftBy } from './location.ts';

let arrivals = 0;

/**
 * Prepares a page for screen readers and keyboards after navigation: sets the title, and focuses
 * the heading or the link by which the user left this page.
 */
export function useArrival(title: string, heading: RefObject<HTMLHeadingElement | null>): void {
  useEffect(() => {
    document.title = title === '' ? 'TechGarden' : `${title} · TechGarden`;
  }, [title]);
  useEffect(() => {
    arrivals += 1;
    // The first page keeps the browser's initial focus.
    if (arrivals === 1) return;
    const href = leftBy();
    const link =
      href === undefined ? null : document.querySelector(`main a[href="${CSS.escape(href)}"]`);
    if (link instanceof HTMLElement || link instanceof SVGElement) link.focus();
    else heading.current?.focus({ preventScroll: true });
  }, [heading]);
}
