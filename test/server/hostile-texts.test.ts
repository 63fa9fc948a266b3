import { expect, test } from 'vitest'
import { findStatements } from '#server/memory/learn/statements.ts'
import { analyse } from '#server/memory/text/analyse.ts'
import { plain } from '#server/memory/text/plain.ts'
import { snippet, sought } from '#server/memory/text/snippet.ts'
import { TEXT_LIMIT } from '#shared/limits.ts'

/** Far above what any of these takes, far below what each took while its time grew with the square of the length. */
const LONGEST_MS = 6_000

function timed(run: () => unknown): number {
  const began = performance.now()
  run()
  return performance.now() - began
}

const longest = (part: string) => part.repeat(TEXT_LIMIT / part.length)

test.each([
  ['Chinese', '漢字'],
  ['Thai', 'ที่นี่'],
])('the longest message in %s without a space holds nobody up', (_name, part) => {
  expect(timed(() => analyse(longest(part), new Date(), 'UTC', []))).toBeLessThan(LONGEST_MS)
})

test.each([
  ['line breaks', '\n'],
  ['abbreviations', 'No. '],
  ['code fences', '```\n'],
])('nor does the longest message of %s', (_name, part) => {
  expect(timed(() => findStatements(`a${longest(part)}b`))).toBeLessThan(LONGEST_MS)
})

test.each(['`', '**a ', '_a', '[', '![](', '\\(', '\\[', '$$ ', '> ', '|', '-', '```\n', ' '])(
  'nor does the longest message of %j when it is read without its marks',
  (mark) => {
    expect(timed(() => plain(`${longest(mark)}x`))).toBeLessThan(LONGEST_MS)
  },
)

test('nor does a search for the one word that the longest message consists of', () => {
  expect(timed(() => snippet({ text: longest('ha '), author: 'user' }, sought('ha')))).toBeLessThan(LONGEST_MS)
})

test.each([
  ['a run of Chinese', '𠮷'.repeat(1_501)],
  ['an endless word', `a${'𐐨'.repeat(100)}`],
])('%s is cut between characters, never within one', (_name, text) => {
  const { frequencies } = analyse(text, new Date(), 'UTC', [])
  for (const term of frequencies.keys()) expect(term.isWellFormed()).toBe(true)
})

test('a quotation and an abbreviation are still seen for what they are', () => {
  expect(findStatements('  > I live in Lisbon.\n\nI live in St. Ives.').map(({ text }) => text)).toEqual([
    'I live in St. Ives.',
  ])
})
