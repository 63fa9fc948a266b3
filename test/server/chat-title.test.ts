import { expect, it } from 'vitest'
import { titleFrom } from '#server/chat/title.ts'

it.each([
  ['Where is the key? I lost it.', 'Where is the key?'],
  ['## Shopping\n- milk', 'Shopping'],
  ['See [the report](https://example.org/x?y=1), please.', 'See the report, please'],
  ['```ts\nconst a = 1\n```', 'const a = 1'],
  ['x', 'x'],
  ['👩‍👩‍👧‍👦 at the sea', '👩‍👩‍👧‍👦 at the sea'],
  ['今日は雨です。明日は晴れます。', '今日は雨です'],
  ['!!!', '!!!'],
])('%j becomes %j', (text, title) => {
  expect(titleFrom(text)).toBe(title)
})

it('cuts a long sentence between words, and a long word between characters', () => {
  const long = titleFrom('I would like to plan a journey through the north of Portugal with my two sisters this summer')
  expect(long).toBe('I would like to plan a journey through the north of…')
  expect([...new Intl.Segmenter().segment(titleFrom('👩‍👩‍👧‍👦'.repeat(90)))]).toHaveLength(60)
})
