import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { TailEvent, tailInput } from '#shared/chat.ts'
import type { Reply } from './live-reply.ts'

/** An event with the id from which a broken stream is taken up: the run of the reply, and the offset in it. */
export interface Tracked {
  id: string
  event: TailEvent
}

/**
 * Replays what is known of a reply, then follows it to its end. It only ever reads: a stream is opened again after each
 * cut, and work that it started would be done twice.
 *
 * @throws {Problem} NOT_FOUND when the reply is not this user's.
 */
export async function* tail(ctx: UserContext, input: z.output<typeof tailInput>): AsyncGenerator<Tracked> {
  const { deps, userId, signal } = ctx
  let reply = await deps.chat.follow(userId, input.replyId)
  let known = input.lastEventId ? readPosition(input.lastEventId) : { run: reply.run, offset: 0 }
  let wake = () => {}
  const onChange = () => wake()
  let leave = reply.subscribe(onChange)
  signal.addEventListener('abort', onChange)
  try {
    while (!signal.aborted) {
      if (reply.moved) {
        leave()
        reply = await deps.chat.follow(userId, input.replyId)
        leave = reply.subscribe(onChange)
        continue
      }
      const event = next(reply, known)
      if (event) {
        known = { run: reply.run, offset: event.offset }
        yield { id: `${known.run}.${known.offset}`, event }
        if (event.type === 'end') return
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal.removeEventListener('abort', onChange)
    leave()
  }
}

interface Position {
  run: number
  offset: number
}

/** The last event of each reply. Readers who know the same are told the same object, so that it is written once. */
const told = new WeakMap<Reply, { of: readonly unknown[]; event: TailEvent | null }>()

function next(reply: Reply, known: Position): TailEvent | null {
  const of = [reply.run, reply.text, reply.end, known.run, known.offset]
  const last = told.get(reply)
  if (last?.of.every((part, index) => part === of[index])) return last.event
  const event = eventAfter(known, reply)
  told.set(reply, { of, event })
  return event
}

function eventAfter(known: Position, reply: Reply): TailEvent | null {
  const { text, end } = reply
  const offset = text.length
  // An earlier run of the reply may have shown more than its server could save.
  const foreign = known.run !== reply.run || known.offset > offset
  if (foreign && !end) return { type: 'reset', offset, text }
  if (!foreign && offset > known.offset) return { type: 'delta', offset, text: text.slice(known.offset) }
  return end ? { type: 'end', offset: end.text.length, reply: end } : null
}

function readPosition(eventId: string): Position {
  const [run = 0, offset = 0] = eventId.split('.').map(Number)
  return { run, offset }
}
