import { expect, test } from 'vitest'
import type { MessageRow } from '#server/chat/messages.ts'
import { followStored } from '#server/chat/stored-reply.ts'
import type { Message } from '#shared/chat.ts'
import { REPLY } from '../chat/simulated-reply.ts'
import { FakeClock, settle } from '../clock.ts'

async function follow() {
  const clock = new FakeClock()
  const state = { row: streaming() as MessageRow | null, away: false, done: 0 }
  const reply = await followStored(streaming(), {
    clock,
    load: async () => state.row && { ...state.row },
    async describe(row) {
      if (state.away) throw new Error('the database went away')
      return { ...row, createdAt: '', recalled: [], remembered: [] } as Message
    },
    onDone: () => {
      state.done += 1
    },
  })
  reply.subscribe(() => {})
  await settle()
  return { state, reply, poll: () => clock.step(1_000) }
}

function streaming(): MessageRow {
  return {
    id: REPLY,
    threadId: REPLY,
    parentId: null,
    author: 'assistant',
    authorName: null,
    text: '',
    status: 'streaming',
    failure: null,
    model: null,
    run: 1,
    forgotten: false,
    createdAt: new Date(0),
  }
}

test('a database that goes away between two reads of a reply costs a poll, not the process', async () => {
  const { state, reply, poll } = await follow()
  state.row = { ...streaming(), text: 'All', status: 'complete' }
  state.away = true
  await poll()
  expect(reply.end).toBeNull()
  state.away = false
  await poll()
  expect(reply.end?.text).toBe('All')
})

test('a reply that ended, or is gone, is looked up anew by whoever comes next, though others still read', async () => {
  const ended = await follow()
  ended.state.row = { ...streaming(), status: 'interrupted' }
  await ended.poll()
  expect(ended.state.done).toBe(1)

  const gone = await follow()
  gone.state.row = null
  await gone.poll()
  expect(gone.reply.moved).toBe(true)
  expect(gone.state.done).toBe(1)
})
