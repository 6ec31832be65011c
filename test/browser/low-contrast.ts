/**
 * Texts of a page with too little contrast to their background, according to WCAG 2.2 (AA).
 * It runs in the page, so it must not use anything outside the function.
 */
export function lowContrast(): readonly string[] {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  // The canvas converts any CSS colour notation to red, green, blue and alpha.
  const read = (color: string): readonly number[] => {
    brush?.clearRect(0, 0, 1, 1);
    if (brush) brush.fillStyle = color;
    brush?.fillRect(0, 0, 1, 1);
    return [...(brush?.getImageData(0, 0, 1, 1).data ?? [])];
  };
  const light = (color: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = color.map((part) => {
      const share = part / 255;
      return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element): readonly number[] => {
    const drawn =
      element instanceof SVGElement ? element.parentElement?.querySelector('rect') : undefined;
    const fill = drawn ? read(getComputedStyle(drawn).fill) : undefined;
    if (fill && (fill[3] ?? 0) > 250) return fill;
    for (let one: Element | null = element; one; one = one.parentElement) {
      const color = read(getComputedStyle(one).backgroundColor);
      if ((color[3] ?? 0) > 250) return color;
    }
    return [255, 255, 255, 255];
  };
  const found: string[] = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
    if (
      !own ||
      !element.checkVisibility() ||
      element.matches('script, noscript, title, :disabled, option')
    )
      continue;
    const style = getComputedStyle(element);
    const text = light(read(element instanceof SVGElement ? style.fill : style.color));
    const ground = light(behind(element));
    const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    const isLarge = parseFloat(style.fontSize) >= 24;
    if (ratio < (isLarge ? 3 : 4.5)) {
      found.push(
        `${ratio.toFixed(2)}: ${element.tagName} ${element.textContent.trim().slice(0, 40)}`,
      );
    }
  }
  return found;
}
