import type { Message } from '#shared/chat.ts'
import type { Clock } from '#shared/clock.ts'

/** New text is shown at most this often, in milliseconds: an eye sees no difference, and each frame costs each reader. */
const FRAME_MS = 50

/** A reply as its readers follow it, wherever it is written. */
export interface Reply {
  readonly run: number
  readonly text: string
  /** The reply as it was kept, once it has ended. */
  readonly end: Message | null
  /** True when this is no longer where the reply grows: look it up again. */
  readonly moved: boolean
  /** Calls `onChange` after each change of the above. Returns what stops it. */
  subscribe(onChange: () => void): () => void
}

/** A reply that this process is writing. */
export interface LiveReply extends Reply {
  append(piece: string): void
  finish(end: Message): void
  move(): void
}

export function createLiveReply(run: number, partial: string, clock: Clock): LiveReply {
  const readers = new Set<() => void>()
  let text = partial
  let half = ''
  let end: Message | null = null
  let moved = false
  let shownAt = Number.NEGATIVE_INFINITY
  let planned = false

  function show() {
    planned = false
    shownAt = clock.monotonic()
    for (const onChange of [...readers]) onChange()
  }

  return {
    run,
    get text() {
      return text
    },
    get end() {
      return end
    },
    get moved() {
      return moved
    },
    subscribe(onChange) {
      readers.add(onChange)
      return () => readers.delete(onChange)
    },
    append(piece) {
      const whole = half + piece
      const whole16 = endsInHalf(whole) ? whole.length - 1 : whole.length
      half = whole.slice(whole16)
      text += storable(whole.slice(0, whole16))
      if (planned) return
      const wait = shownAt + FRAME_MS - clock.monotonic()
      if (wait <= 0) return show()
      planned = true
      clock.after(wait, show)
    },
    finish(message) {
      end = message
      show()
    },
    move() {
      moved = true
      show()
    },
  }
}

/** A piece may end between the two halves of a character; the first half waits for the second. */
function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff
}

/** What the database can hold, of the same length, so that offsets mean the same in memory and in the database. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
