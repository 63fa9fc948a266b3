import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tail } from '#server/chat/tail.ts'
import type { UserContext } from '#server/context.ts'
import { createSimulatedReply, REPLY, settle } from '../chat/simulated-reply.ts'

/** A client: what it shows, and its stream, which may be cut and taken up again. */
function createReader(world: ReturnType<typeof createSimulatedReply>, here: boolean) {
  let cut = new AbortController()
  let reading: Promise<void> = Promise.resolve()
  let lastEventId: string | null = null
  const state = { text: '', ended: false }
  let online = false

  async function read(signal: AbortSignal) {
    const follow = here ? world.followHere : world.followFromDatabase
    const context = { deps: { chat: { follow } }, userId: REPLY, signal } as unknown as UserContext
    for await (const { id, event } of tail(context, { replyId: REPLY, lastEventId })) {
      if (event.type === 'delta') {
        // Not one character twice, and none left out.
        expect(event.offset - event.text.length).toBe(state.text.length)
        state.text += event.text
      } else {
        state.text = event.type === 'end' ? event.reply.text : event.text
        state.ended = event.type === 'end'
      }
      expect(world.truth().startsWith(state.text)).toBe(true)
      lastEventId = id
      if (signal.aborted) return
    }
  }
  return {
    state,
    here,
    async reopen({ unlessOffline = false } = {}) {
      if (unlessOffline && !online) return
      online = true
      cut.abort()
      await reading
      cut = new AbortController()
      state.ended = false
      reading = read(cut.signal)
    },
    async close() {
      online = false
      cut.abort()
      await reading
    },
  }
}

const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ say: fc.string({ unit: 'binary', maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ half: fc.constantFrom('\ud83d', '\ude00', 'a\ud83d', '\0') }) },
  { weight: 4, arbitrary: fc.record({ pass: fc.constantFrom(1, 30, 250, 1_000) }) },
  { weight: 4, arbitrary: fc.record({ rest: fc.constant(true) }) },
  { weight: 3, arbitrary: fc.record({ save: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ open: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ cut: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ offline: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ die: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ lose: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ goOn: fc.constant(true) }) },
)

it('shows every reader the same answer, each character once, whatever is cut, lost or restarted meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 40 }), fc.boolean(), async (commands, heard) => {
      const world = createSimulatedReply()
      const readers = [createReader(world, true), createReader(world, false)]
      for (const reader of readers) await reader.reopen()

      async function goOn() {
        if (world.goOn()) for (const reader of readers) await reader.reopen({ unlessOffline: true })
      }
      for (const step of commands) {
        if ('say' in step) world.say(step.say)
        else if ('half' in step) world.say(step.half)
        else if ('pass' in step) world.clock.advance(step.pass)
        else if ('save' in step) world.save(step.save)
        else if ('cut' in step) await readers[step.cut % readers.length]?.reopen()
        else if ('offline' in step) await readers[step.offline % readers.length]?.close()
        else if ('goOn' in step) await goOn()
        else if ('open' in step && readers.length < 6) {
          const reader = createReader(world, step.open)
          readers.push(reader)
          await reader.reopen()
        } else if ('die' in step) {
          await settle()
          world.die(step.die)
          // Its streams died with the process; the clients open them again.
          for (const reader of readers) if (reader.here) await reader.reopen({ unlessOffline: true })
        } else if ('lose' in step) {
          await settle()
          world.lose()
        } else if ('rest' in step) await settle()
      }
      await goOn()
      world.say('the end')
      world.end(heard)
      for (const reader of readers) await reader.reopen()
      for (let round = 0; round < 8; round += 1) {
        await settle()
        world.clock.advance(500)
      }
      for (const { state } of readers) expect(state).toEqual({ text: world.stored.text, ended: true })
      for (const reader of readers) await reader.close()
    }),
    { numRuns: 500 },
  )
}, 60_000)
