import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plain } from '#server/memory/text/plain.ts'
import { snippet, sought } from '#server/memory/text/snippet.ts'

it.each([
  ['## Plan\n\n- **first** things\n* _then_ the rest', 'Plan\n\nfirst things\nthen the rest'],
  ['***both***, ~~gone~~, **a *b* c** and 这是**重要**的', 'both, gone, a b c and 这是重要的'],
  ['> > quoted\n> - listed', 'quoted\nlisted'],
  ['1. One\n2) Two', '1. One\n2) Two'],
  [
    'See [the report](https://example.org/a_(b) "Title") or <https://example.org>',
    'See the report or https://example.org',
  ],
  ['![A map](map.png) ![](other.png)', 'A map other.png'],
  ['| Town | Rain |\n|:-----|-----:|\n| Porto | **much** |', 'Town · Rain\n\nPorto · much'],
  ['Title\n=====\n\ntext\n\n---\n\n* * *\nend', 'Title\n\n\ntext\n\n\n\n\nend'],
  ['Use `**kwargs` and **`npm_config_x`**', 'Use **kwargs and npm_config_x'],
  ['```js\n# not a *title*\n```\nafter', '# not a *title*\n\nafter'],
  ['~~~\n- as it is', '- as it is'],
  ['\\(a_1 * b_1 * c\\) and $$\nx_i * y_i\n$$', '\\(a_1 * b_1 * c\\) and $$\nx_i * y_i\n$$'],
  ['snake_case_name, 2*3*4, a * b * c, 5* (*terms)', 'snake_case_name, 2*3*4, a * b * c, 5* (*terms)'],
  ['_see foo_bar_, please', 'see foo_bar, please'],
  ['\\*not marked\\*, 1\\. and #tag', '*not marked*, 1. and #tag'],
  ['\uE000 is `kept`', '\uE000 is kept'],
])('%j reads %j', (markdown, read) => {
  expect(plain(markdown)).toBe(read)
})

it('loses no letter and no digit, and their order, whatever the marks', () => {
  const piece = fc.constantFrom(...'aé木1*_~`#>|-+=!.()$\\ \n\uE000', '**', '- ', '[', ']', '| ', '$$', '\\(', '\\]')
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
  // The address of a link and the language of fenced code are not read.
  const readWhole = (text: string) => !/\]\(|```|~~~/.test(text)
  fc.assert(
    fc.property(text.filter(readWhole), (text) => {
      expect(letters(plain(text))).toBe(letters(text))
    }),
    { numRuns: 2_000 },
  )
})

it('an answer is found by what is read of it, each word marked where it stands', () => {
  const text = '### Where to go\n\n- **Porto** for [its bridges](https://example.org/douro)\n- `Lisbon`'
  const read = snippet({ text, author: 'assistant' }, sought('Porto Lisbon'))
  expect(read.text).toBe('Where to go Porto for its bridges Lisbon')
  expect(read.matches.map(([start, end]) => read.text.slice(start, end))).toEqual(['Porto', 'Lisbon'])
})

it('an answer found by its marks alone, and what a person wrote, are shown as they were written', () => {
  const text = '[Bridges](https://example.org/douro)'
  expect(snippet({ text, author: 'assistant' }, sought('douro')).text).toBe(text)
  expect(snippet({ text, author: 'user' }, sought('bridges')).text).toBe(text)
})
