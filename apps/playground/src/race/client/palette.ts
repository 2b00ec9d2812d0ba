/** The colors of the canvas: those of the theme, and one for each car. */
export interface Palette {
  readonly ground: string
  readonly tree: string
  readonly treeTop: string
  readonly verge: string
  readonly road: string
  readonly roadMark: string
  readonly rail: string
  readonly kerb: string
  readonly label: string
  readonly halo: string
}

/** One for each place on the grid. Told apart by name and rank as well, never by color alone. */
const carColors = [
  '#e5484d',
  '#3b6fe0',
  '#d97a06',
  '#8e4ec6',
  '#0c93ab',
  '#d6409f',
  '#4d9a2a',
  '#6e7781',
] as const

export function carColor(index: number): string {
  return carColors[index % carColors.length] ?? carColors[0]
}

/** Reads the theme's custom properties as they are now; costs a style computation. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const color = (name: string) => style.getPropertyValue(name).trim()
  return {
    ground: color('--ground'),
    tree: color('--tree'),
    treeTop: color('--tree-top'),
    verge: color('--verge'),
    road: color('--road'),
    roadMark: color('--road-mark'),
    rail: color('--rail'),
    kerb: color('--kerb'),
    label: color('--label'),
    halo: color('--road'),
  }
}
