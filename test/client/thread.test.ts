import { expect, it } from 'vitest'
import { choose, visiblePath } from '#client/chat/branches.ts'
import { asMessages, joinPages, meets, putAfter, putBefore, putMessages } from '#client/chat/thread-pages.ts'
import type { Message, ThreadPage } from '#shared/chat.ts'

let minute = 0

function message(id: string, parentId: string | null, author: Message['author'] = 'user'): Message {
  minute += 1
  return {
    id,
    threadId: 't',
    parentId,
    author,
    authorName: null,
    text: id,
    status: 'complete',
    failure: null,
    model: null,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    forgotten: false,
    recalled: [],
    remembered: [],
  }
}

function page(messages: Message[], earlier: string | null = null): ThreadPage {
  const thread = {
    id: 't',
    title: '',
    pinned: false,
    archived: false,
    temporary: false,
    remember: true,
    tags: [],
    model: null,
    createdAt: '',
    activeAt: '',
  }
  return { thread, messages, earlier }
}

const ids = (messages: readonly Message[]) => messages.map((each) => each.id)
const shown = (...args: Parameters<typeof visiblePath>) => visiblePath(...args).map((placed) => placed.message.id)

const q1 = message('q1', null)
const a1 = message('a1', 'q1', 'assistant')
const q2 = message('q2', 'a1')
const a2 = message('a2', 'q2', 'assistant')
const a1b = message('a1b', 'q1', 'assistant')
const q3 = message('q3', 'a1b')

it('shows the path that leads to the newest message', () => {
  expect(shown([q1, a1, q2, a2], new Map())).toEqual(['q1', 'a1', 'q2', 'a2'])
  expect(shown([q1, a1, q2, a2, a1b, q3], new Map())).toEqual(['q1', 'a1b', 'q3'])
})

it('shows a chosen version with all that followed it, and knows its siblings', () => {
  const all = [q1, a1, q2, a2, a1b, q3]
  const path = visiblePath(all, choose(new Map(), a1b, 'a1'))
  expect(path.map((placed) => placed.message.id)).toEqual(['q1', 'a1', 'q2', 'a2'])
  expect(path[1]?.siblings).toEqual(['a1', 'a1b'])
})

it('lets the first message have versions too', () => {
  const q1b = message('q1b', null)
  expect(shown([q1, a1, q1b], new Map())).toEqual(['q1b'])
  expect(shown([q1, a1, q1b], choose(new Map(), q1b, 'q1'))).toEqual(['q1', 'a1'])
})

it('begins where the loaded page begins', () => {
  expect(shown([q2, a2], new Map())).toEqual(['q2', 'a2'])
})

it('keeps the earlier pages that were loaded when a newer page comes', () => {
  const whole = putBefore(page([q2, a2], 'cursor'), page([q1, a1]))
  expect(ids(whole.messages)).toEqual(['q1', 'a1', 'q2', 'a2'])
  const joined = joinPages(whole, page([q2, { ...a2, text: 'newer' }, a1b], 'cursor'))
  expect(ids(joined.messages)).toEqual(['q1', 'a1', 'q2', 'a2', 'a1b'])
  expect(joined.messages[3]?.text).toBe('newer')
  expect(joined.earlier).toBeNull()
})

it('starts over when the newer page does not touch what was known', () => {
  expect(ids(joinPages(page([q1, a1]), page([a1b, q3], 'cursor')).messages)).toEqual(['a1b', 'q3'])
})

it('grows a part from the middle either way until it meets the end', () => {
  const end = page([q2, a2], 'cursor')
  const middle = { ...page([a1], 'cursor'), later: 'cursor' }
  expect(meets(middle, end)).toBe(false)
  const grown = putAfter(putBefore(middle, page([q1])), { ...page([q2]), later: 'further' })
  expect(ids(grown.messages)).toEqual(['q1', 'a1', 'q2'])
  expect(grown).toMatchObject({ earlier: null, later: 'further' })
  expect(meets(grown, end)).toBe(true)
  expect(putBefore(end, grown)).not.toHaveProperty('later')
  expect(ids(putBefore(end, grown).messages)).toEqual(['q1', 'a1', 'q2', 'a2'])
  expect(joinPages(grown, middle)).toMatchObject({ earlier: null, later: 'further' })
})

it('puts a changed message in its old place and a new one at the end', () => {
  const changed = putMessages(page([q1, a1]), [{ ...a1, text: 'changed' }, q2])
  expect(changed.messages.map((each) => each.text)).toEqual(['q1', 'changed', 'q2'])
})

it('shows an unsent message with its reply to come, and a refused one with the reason', () => {
  const unsent = {
    threadId: 't',
    messageId: 'm',
    replyId: 'r',
    parentId: 'a1',
    text: 'words',
    createdAt: '2026-01-02T00:00:00.000Z',
    newThread: false,
    temporary: false,
    model: null,
    failure: null,
  }
  expect(shown([q1, a1, ...asMessages(unsent)], new Map())).toEqual(['q1', 'a1', 'm', 'r'])
  expect(asMessages({ ...unsent, failure: 'too long' })).toMatchObject([{ status: 'failed', failure: 'too long' }])
})
