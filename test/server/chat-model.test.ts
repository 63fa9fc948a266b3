import { describe, expect, it } from 'vitest'
import { modelChat } from '../chat/model-chat.ts'
import { message, readTail } from '../chat/world.ts'
import { Gate } from '../gate.ts'
import { saying } from '../model-server.ts'

const world = modelChat()

describe('a model behind an OpenAI-compatible server', () => {
  it('answers through the same path as everything else, with the key in the header', async () => {
    const { reply } = await world.ask(saying('Not ', 'much', '.'))
    expect(reply).toMatchObject({ text: 'Not much.', status: 'complete', failure: null, model: 'small-model' })
    expect(world.server.asked).toMatchObject([{ authorization: 'Bearer sk-secret', model: 'small-model' }])
  })

  it('reads instructions, then the conversation, and nothing of another branch', async () => {
    const first = await world.ask(saying('Hello, Ana.'), 'I am Ana.')
    world.server.script = saying('Ana.')
    const second = message('Who am I?', first.threadId)
    await world.ana.chat.send(second)
    await readTail(world.ana, second.replyId)
    const { messages = [] } = world.server.asked.at(-1) ?? {}
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(messages.slice(1).map(({ content }) => content)).toEqual(['I am Ana.', 'Hello, Ana.', 'Who am I?'])
    expect(messages[0]?.content).toContain('You are Moneta')
  })

  it('is given the end of a conversation that is longer than it can read', async () => {
    const { threadId } = await world.ask(saying('Long. '.repeat(6_000)), 'First')
    world.server.script = saying('Short.')
    const next = message('And now?', threadId)
    await world.ana.chat.send(next)
    await readTail(world.ana, next.replyId)
    const { messages = [] } = world.server.asked.at(-1) ?? {}
    expect(messages.slice(1).map(({ content }) => content)).toEqual(['And now?'])
    expect((await world.ana.chat.context({ replyId: next.replyId })).omitted).toBe(2)
  })

  it('shows its first words while it is still writing', async () => {
    const shown = new Gate()
    world.server.script = async (answer) => {
      answer.chunk('First')
      await shown.passed
      answer.chunk(' and last')
      answer.stop()
    }
    const input = message('Go')
    await world.ana.chat.send(input)
    const seen = await readTail(world.ana, input.replyId, { enough: ({ text }) => text === 'First' })
    shown.open()
    await readTail(world.ana, input.replyId, { seen })
    expect(seen.text).toBe('First and last')
  })

  it('keeps its thoughts out of the answer, and the count of tokens', async () => {
    const { reply } = await world.ask((answer) => {
      answer.think('Let me see. ')
      answer.chunk('Done.')
      answer.event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 } })
      answer.stop()
    })
    expect(reply).toMatchObject({ text: 'Done.', status: 'complete' })
  })

  it('may answer with a megabyte, and every character of it is kept', async () => {
    const page = `${'🫠 long '.repeat(1_000)}\n`
    const { reply } = await world.ask(saying(...Array.from({ length: 128 }, () => page)))
    expect(reply?.status).toBe('complete')
    expect(reply?.text === page.repeat(128)).toBe(true)
  })

  it('is hung up on when the person stops it', async () => {
    let hungUp: Promise<void> | undefined
    world.server.script = async (answer) => {
      hungUp = answer.hungUp
      answer.chunk('On and on')
      await answer.hungUp
    }
    const input = message('Go')
    await world.ana.chat.send(input)
    await readTail(world.ana, input.replyId, { enough: ({ text }) => text !== '' })
    expect(await world.ana.chat.stop({ replyId: input.replyId })).toMatchObject({
      status: 'interrupted',
      text: 'On and on',
    })
    await hungUp
  })
})
