import type { TailEvent } from '#shared/chat.ts'

/**
 * The text after one more event of a reply's tail: each character once, whatever part of it is told again. Offsets are
 * UTF-16 code units. Null when the event begins after what is known, so that something between was missed.
 */
export function extend(known: string, event: TailEvent): string | null {
  if (event.type === 'end') return event.reply.text
  if (event.type === 'reset') return event.text
  const from = event.offset - event.text.length
  if (from > known.length) return null
  return known + event.text.slice(known.length - from)
}
