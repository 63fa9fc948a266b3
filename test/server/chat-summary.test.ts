import { expect, it } from 'vitest'
import { scriptedChat } from '../chat/scripted-chat.ts'
import type { Writing } from '../chat/scripted-model.ts'
import { message, readTail } from '../chat/world.ts'

const world = scriptedChat()

/** About `tokens` tokens of text that begins with a name by which it is known. */
const long = (name: string, tokens: number) => `${name} ${'word '.repeat((tokens * 4) / 5)}`

async function exchange(threadId: string, text: string, answer: string): Promise<Writing> {
  const input = message(text, threadId)
  await world.ana.chat.send(input)
  const writing = await world.model.next()
  writing.say(answer)
  writing.end()
  await readTail(world.ana, input.replyId)
  return writing
}

const isSummary = ({ prompt }: Writing) => prompt.turns[0]?.text.startsWith('Sum up a conversation') ?? false

it('sums up what no longer fits, tells the model of it from then on, and carries it forward', async () => {
  const { threadId } = message('')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await world.model.next()
  expect(isSummary(summing)).toBe(true)
  expect(summing.prompt.turns[1]?.text).toMatch(/^Person: first/)
  expect(summing.prompt.turns[1]?.text).not.toContain('second')
  summing.say('They spoke of the first thing.')
  summing.end()

  await expect
    .poll(() => world.db.prisma.thread.findFirst({ where: { id: threadId } }))
    .toMatchObject({
      summary: 'They spoke of the first thing.',
    })
  const third = await exchange(threadId, long('third', 1_500), 'three')
  expect(third.prompt.turns[0]?.text).toContain('in short:\nThey spoke of the first thing.')
  const again = await world.model.next()
  expect(isSummary(again)).toBe(true)
  expect(again.prompt.turns[1]?.text).toMatch(/^Summary so far:\nThey spoke of the first thing\./)
})

it('is not told in a branch that it says nothing about', async () => {
  const { threadId } = message('')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await world.model.next()
  summing.say('Of the first branch.')
  summing.end()
  await expect
    .poll(() => world.db.prisma.thread.findFirst({ where: { id: threadId } }))
    .toMatchObject({
      summary: 'Of the first branch.',
    })
  const input = { ...message('A fresh start', threadId), parentId: null }
  await world.ana.chat.send(input)
  expect((await world.model.next()).prompt.turns[0]?.text).not.toContain('Of the first branch.')
})

it('that fails costs nothing but itself', async () => {
  const { threadId } = message('')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await world.model.next()
  summing.fail(new Error('no'))
  const third = await exchange(threadId, 'third', 'three')
  expect(third.prompt.turns.at(-1)?.text).toBe('third')
})

it('and what was put before the model are gone once a memory they tell of is forgotten', async () => {
  const { threadId } = message('')
  await exchange(threadId, 'I am allergic to walnuts.', 'noted')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await world.model.next()
  summing.say('Ana is allergic to walnuts.')
  summing.end()
  await expect
    .poll(() => world.db.prisma.thread.findFirst({ where: { id: threadId } }))
    .toMatchObject({
      summary: 'Ana is allergic to walnuts.',
    })
  const elsewhere = message('What am I allergic to?')
  await world.ana.chat.send(elsewhere)
  const writing = await world.model.next()
  expect(writing.prompt.turns[0]?.text).toContain('allergic to walnuts')
  writing.end()
  await readTail(world.ana, elsewhere.replyId)

  const { hits } = await world.ana.memory.search({ query: 'allergic to walnuts', kind: 'memory' })
  await world.ana.memory.forget({ id: hits[0]?.id ?? '' })
  await expect(world.ana.chat.context({ replyId: elsewhere.replyId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await world.db.prisma.thread.findFirst({ where: { id: threadId } })).toMatchObject({ summary: '' })
})

it('that was written while something was forgotten is thrown away and made anew', async () => {
  const { threadId } = message('')
  await exchange(threadId, 'I am allergic to walnuts.', 'noted')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await world.model.next()
  const { memories } = await world.ana.memory.list({})
  await world.ana.memory.forget({ id: memories[0]?.id ?? '' })
  summing.say('Ana is allergic to walnuts.')
  summing.end()
  await exchange(threadId, 'third', 'three')
  const again = await world.model.next()
  expect(isSummary(again)).toBe(true)
  expect(again.prompt.turns[1]?.text).not.toContain('Summary so far')
  expect(await world.db.prisma.thread.findFirst({ where: { id: threadId } })).toMatchObject({ summary: '' })
  again.end()
})
