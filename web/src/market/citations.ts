/** A text cut at its citations: `rose to 12 [1]. ` becomes `rose to 12 `, marker 1, `. `. */
export function citedParts(text: string): (string | { marker: number })[] {
  return text
    .split(/(\[\d{1,3}\])/)
    .filter((part) => part !== '')
    .map((part) => (/^\[\d{1,3}\]$/.test(part) ? { marker: Number(part.slice(1, -1)) } : part));
}
