import { SessionError } from './session-error.ts'
import type { EndCause } from './session-events.ts'

/**
 * An epoch ends when the session does: nothing more is sent, but what was sent may still be answered. It closes when the
 * person leaves or another comes: then late answers are dropped as well.
 */
export class Lifespan {
  #ended: EndCause | null = null
  #closed: SessionError | null = null
  readonly #onClose = new Set<(why: SessionError) => void>()

  get ended(): EndCause | null {
    return this.#ended
  }

  get closed(): boolean {
    return this.#closed !== null
  }

  /** Why nothing may be sent any more, or null. */
  get over(): SessionError | null {
    return this.#closed ?? (this.#ended ? new SessionError('ended') : null)
  }

  end(cause: EndCause): void {
    this.#ended ??= cause
  }

  close(why: SessionError): void {
    if (this.#closed) return
    this.#closed = why
    for (const tell of [...this.#onClose]) tell(why)
    this.#onClose.clear()
  }

  /** Calls `tell` at the closing. Returns how to stop listening. */
  onClose(tell: (why: SessionError) => void): () => void {
    this.#onClose.add(tell)
    return () => this.#onClose.delete(tell)
  }
}
