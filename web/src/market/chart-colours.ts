/** Colours of our tokens as the chart library reads them: it knows no oklch, so the browser paints each and tells its red, green and blue. */
export function tokenColours<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const style = getComputedStyle(document.documentElement);
  const colours = names.map((name) => {
    if (!context) return [name, 'rgb(128, 128, 128)'];
    context.fillStyle = style.getPropertyValue(`--${name}`);
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return [name, `rgb(${red}, ${green}, ${blue})`];
  });
  return Object.fromEntries(colours) as Record<Name, string>;
}
