import { expect, it } from 'vitest'
import { createOutbox, type Unsent } from '#client/chat/outbox.ts'
import { pageStore } from '#client/ui/text-store.ts'
import { FakeClock } from '../clock.ts'

class Refused extends Error {}

function unsent(n: number, more: Partial<Unsent> = {}): Unsent {
  return {
    threadId: 'thread',
    messageId: `message-${n}`,
    replyId: `reply-${n}`,
    parentId: n === 1 ? null : `reply-${n - 1}`,
    text: `words ${n}`,
    createdAt: `2026-01-01T00:00:0${n}.000Z`,
    newThread: n === 1,
    temporary: false,
    model: null,
    failure: null,
    ...more,
  }
}

function world(userId = 'ada', store = pageStore()) {
  const clock = new FakeClock()
  const arrived: string[] = []
  let trouble: Error | null = null
  const outbox = createOutbox({
    store,
    userId,
    clock,
    random: () => 1,
    refusal: (error) => (error instanceof Refused ? error.message : null),
    async deliver(entry) {
      if (trouble) throw trouble
      arrived.push(entry.messageId)
    },
  })
  const setTrouble = (error: Error | null) => {
    trouble = error
  }
  return { clock, store, outbox, arrived, trouble: setTrouble }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

it('sends in the order written and keeps nothing that has arrived', async () => {
  const { outbox, arrived, store } = world()
  outbox.start()
  for (const n of [1, 2, 3]) outbox.add(unsent(n))
  await settled()
  expect(arrived).toEqual(['message-1', 'message-2', 'message-3'])
  expect(outbox.entries()).toEqual([])
  expect(store.names('')).toEqual([])
})

it('keeps what the network swallowed and sends it, in order and once, when the network is back', async () => {
  const { outbox, arrived, trouble } = world()
  outbox.start()
  trouble(new Error('Failed to fetch'))
  outbox.add(unsent(1))
  outbox.add(unsent(2))
  await settled()
  expect(outbox.entries()).toHaveLength(2)
  trouble(null)
  outbox.wake()
  await settled()
  expect(arrived).toEqual(['message-1', 'message-2'])
})

it('tries again by itself, after a pause that grows', async () => {
  const { outbox, arrived, clock, trouble } = world()
  outbox.start()
  trouble(new Error('503'))
  outbox.add(unsent(1))
  await settled()
  clock.advance(1_000)
  await settled()
  trouble(null)
  clock.advance(1_999)
  await settled()
  expect(arrived).toEqual([])
  clock.advance(1)
  await settled()
  expect(arrived).toEqual(['message-1'])
})

it('brings what a closed page left behind to the server from the next page', async () => {
  const first = world()
  first.outbox.add(unsent(2))
  first.outbox.add(unsent(1))
  const second = world('ada', first.store)
  second.outbox.start()
  await settled()
  expect(second.arrived).toEqual(['message-1', 'message-2'])
})

it('shows and sends nothing of another person', async () => {
  const ada = world('ada')
  ada.outbox.add(unsent(1))
  const ben = world('ben', ada.store)
  ben.outbox.start()
  await settled()
  expect(ben.outbox.entries()).toEqual([])
  expect(ben.arrived).toEqual([])
})

it('marks a refused message, holds back its thread alone, and goes on after Retry', async () => {
  const { outbox, arrived, trouble } = world()
  outbox.start()
  trouble(new Refused('The message is too long'))
  outbox.add(unsent(1))
  await settled()
  trouble(null)
  outbox.add(unsent(2))
  outbox.add(unsent(1, { threadId: 'other', messageId: 'elsewhere' }))
  await settled()
  expect(arrived).toEqual(['elsewhere'])
  expect(outbox.entries()[0]).toMatchObject({ messageId: 'message-1', failure: 'The message is too long' })
  outbox.retry('message-1')
  await settled()
  expect(arrived).toEqual(['elsewhere', 'message-1', 'message-2'])
})

it('lets the message behind a discarded one take its place', async () => {
  const { outbox, trouble } = world()
  outbox.start()
  trouble(new Error('offline'))
  outbox.add(unsent(1))
  outbox.add(unsent(2))
  expect(outbox.discard('message-1')?.text).toBe('words 1')
  expect(outbox.entries()).toEqual([unsent(2, { parentId: null, newThread: true })])
})

it('stops its timer when the page goes', async () => {
  const { outbox, arrived, clock, trouble } = world()
  const stop = outbox.start()
  trouble(new Error('offline'))
  outbox.add(unsent(1))
  await settled()
  stop()
  trouble(null)
  clock.advance(60_000)
  await settled()
  expect(arrived).toEqual([])
  expect(clock.pending).toBe(0)
})

it('survives a stored entry that is not readable', () => {
  const { outbox, store } = world()
  store.write('moneta:ada:unsent:broken', '{"threadId":')
  outbox.start()
  expect(outbox.entries()).toEqual([])
})
