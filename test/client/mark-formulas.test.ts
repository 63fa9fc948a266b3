import { expect, it } from 'vitest'
import { formulaIn, markFormulas } from '#client/ui/mark-formulas.ts'

function formulas(text: string) {
  const pieces = markFormulas(text).match(/`[^`]*`/g) ?? []
  return pieces.flatMap((piece) => formulaIn(piece.slice(1, -1)) ?? [])
}

it('knows TeX in the four ways that models write it', () => {
  expect(formulas('So $e^{i\\pi}$ and \\(a_1\\), then $$x^2$$ and\n\\[\n\\int_0^1 x\\,dx\n\\]')).toEqual([
    { tex: 'e^{i\\pi}', display: false },
    { tex: 'a_1', display: false },
    { tex: 'x^2', display: true },
    { tex: '\\int_0^1 x\\,dx', display: true },
  ])
})

it('takes no price, variable or code for a formula', () => {
  const texts = [
    'It costs $5, not $6, or US$5/US$6.',
    'between $5 and $10 a piece',
    'echo `$HOME` and `a\\(b\\)`',
    '```sh\nexport A="$B" C="$D"\n$$x$$\n```',
    'an open $x without an end',
    'a price of \\$5 and \\$6',
  ]
  for (const text of texts) expect(markFormulas(text), text).toBe(text)
})
