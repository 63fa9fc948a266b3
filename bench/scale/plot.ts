export interface Line {
  name: string
  /** Texts and milliseconds. */
  points: readonly (readonly [number, number])[]
}

const WIDTH = 720
const HEIGHT = 420
const LEFT = 56
const RIGHT = 190
const EDGE = 36
const COLOURS = ['#2f6f4e', '#b5543a', '#3d5a99', '#8a6d1f', '#6b4a86', '#4a7f86', '#99395f', '#555555']

/** Growth over the number of texts, both axes logarithmic: what grows as fast as its texts is a line at 45°. */
export function plot(lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points)
  const [across, up] = [0, 1].map((axis) => {
    const values = all.map((point) => Math.log10(Math.max(0.1, point[axis as 0 | 1])))
    return { low: Math.floor(Math.min(...values)), high: Math.ceil(Math.max(...values)) }
  }) as [Range, Range]
  const x = (texts: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (Math.log10(texts) - across.low)) / span(across)
  const y = (ms: number) => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (Math.log10(Math.max(0.1, ms)) - up.low)) / span(up)
  const grid = [
    ...steps(across).map(
      (texts) => `<path d="M${x(texts)} ${EDGE}V${HEIGHT - EDGE}"/>${label(x(texts), HEIGHT - 14, texts)}`,
    ),
    ...steps(up).map((ms) => `<path d="M${LEFT} ${y(ms)}H${WIDTH - RIGHT}"/>${label(LEFT - 24, y(ms) + 4, ms)}`),
  ]
  const drawn = lines.map(({ name, points }, at) => {
    const colour = COLOURS[at % COLOURS.length]
    const path = points.map(([texts, ms]) => `${x(texts).toFixed(1)},${y(ms).toFixed(1)}`).join(' ')
    const key = EDGE + 20 * at
    return `<polyline points="${path}" stroke="${colour}" fill="none" stroke-width="2"/>
<text x="${WIDTH - RIGHT + 14}" y="${key}" fill="${colour}">${name}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${LEFT}" y="20" fill="#333">memory.search and writing: p95 in ms over the texts of one user</text>
<g stroke="#ddd">${grid.join('\n')}</g>
${drawn.join('\n')}
</svg>
`
}

interface Range {
  low: number
  high: number
}

function span({ low, high }: Range): number {
  return Math.max(1, high - low)
}

function steps({ low, high }: Range): number[] {
  return Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step))
}

function label(x: number, y: number, value: number): string {
  return `<text x="${x}" y="${y}" text-anchor="middle" stroke="none" fill="#666">${value.toLocaleString('en')}</text>`
}
