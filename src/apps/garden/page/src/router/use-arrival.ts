import { useEffect, type RefObject } from 'react';
import { leftBy } from './location.ts';

let arrivals = 0;

/**
 * What a screen reader and a keyboard need when a page is shown in place of another:
 * the title, and the focus on the heading, or on the link that this page was left by.
 */
export function useArrival(title: string, heading: RefObject<HTMLHeadingElement | null>): void {
  useEffect(() => {
    document.title = title === '' ? 'TechGarden' : `${title} · TechGarden`;
  }, [title]);
  useEffect(() => {
    arrivals += 1;
    // Whoever has just opened the garden begins at its top.
    if (arrivals === 1) return;
    const href = leftBy();
    const link =
      href === undefined ? null : document.querySelector(`main a[href="${CSS.escape(href)}"]`);
    if (link instanceof HTMLElement || link instanceof SVGElement) link.focus();
    else heading.current?.focus({ preventScroll: true });
  }, [heading]);
}
