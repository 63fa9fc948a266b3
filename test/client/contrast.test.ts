import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark'

const css = readFileSync(new URL('../../client/ui/tokens.css', import.meta.url), 'utf8')
const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name ?? '',
    { light: light ?? '', dark: dark ?? '' },
  ]),
)

/** Relative luminance as WCAG 2.2 defines it, from `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [one, other].map((name) => luminance(pairs.get(name)?.[theme] ?? ''))
  if (a === undefined || b === undefined || Number.isNaN(a + b)) throw new Error(`no colour ${one} or ${other}`)
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const papers = ['paper', 'paper-deep', 'paper-lift']

describe.each<Theme>(['light', 'dark'])('%s', (theme) => {
  const least = (texts: string[], grounds: string[], ratio: number) => {
    for (const text of texts)
      for (const ground of grounds)
        expect(contrast(text, ground, theme), `${text} on ${ground}`).toBeGreaterThanOrEqual(ratio)
  }

  it('sets text that is read at 7:1 or more (AAA)', () => {
    least(['ink', 'ink-soft', 'verdigris', 'harm'], papers, 7)
    least(['on-verdigris'], ['verdigris'], 7)
    least(['ink', 'verdigris'], ['verdigris-wash'], 7)
    least(['ink'], ['bronze-wash'], 7)
  })

  it('sets labels in bronze at 4.5:1 or more (AA)', () => {
    least(['bronze'], [...papers, 'bronze-wash'], 4.5)
  })

  it('draws what must be seen but not read at 3:1 or more', () => {
    least(['line-strong'], papers, 3)
  })
})
