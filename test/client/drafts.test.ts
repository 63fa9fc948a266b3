import { expect, it } from 'vitest'
import { createDrafts } from '#client/chat/drafts.ts'
import { oncePerFrame } from '#client/chat/frames.ts'
import { browserStore, pageStore } from '#client/ui/text-store.ts'

it('keeps one draft a thread and a person', () => {
  const store = pageStore()
  const ada = createDrafts(store, 'ada')
  ada.write('one', 'Dear')
  ada.write('two', 'Hello')
  expect([ada.read('one'), ada.read('two')]).toEqual(['Dear', 'Hello'])
  expect(createDrafts(store, 'ben').read('one')).toBe('')
})

it('leaves nothing in storage once a draft is empty', () => {
  const store = pageStore()
  const drafts = createDrafts(store, 'ada')
  drafts.write('one', 'Dear')
  drafts.write('one', '')
  expect(store.names('')).toEqual([])
})

it('keeps the words in the page when the browser refuses to store them', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: () => undefined,
  } as unknown as Storage
  const store = browserStore(full)
  expect(store.write('a', 'words')).toBe(false)
  expect(store.read('a')).toBe('words')
  expect(store.names('a')).toEqual(['a'])
})

it('draws the last of many pieces, once a frame', () => {
  const frames: (() => void)[] = []
  const drawn: string[] = []
  const joiner = oncePerFrame<string>(
    (run) => {
      frames.push(run)
      return () => undefined
    },
    (text) => drawn.push(text),
  )
  for (const text of ['a', 'ab', 'abc']) joiner.push(text)
  frames.shift()?.()
  joiner.push('abcd')
  frames.shift()?.()
  expect(drawn).toEqual(['abc', 'abcd'])
})
