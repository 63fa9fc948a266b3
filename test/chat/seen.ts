import type { TailEvent } from '#shared/chat.ts'

export interface Seen {
  /** What a reader of the events has on the screen after the last of them. */
  text: string
  events: TailEvent[]
  lastEventId: string | null
  end: (TailEvent & { type: 'end' }) | null
}

export function emptySeen(): Seen {
  return { text: '', events: [], lastEventId: null, end: null }
}

/** What a client makes of an event. */
export function applyEvent(state: Seen, id: string, event: TailEvent) {
  state.events.push(event)
  state.lastEventId = id
  if (event.type === 'end') {
    state.end = event
    state.text = event.reply.text
  } else if (event.type === 'reset') {
    state.text = event.text
  } else {
    state.text = state.text.slice(0, event.offset - event.text.length) + event.text
  }
}
