import { SessionError } from './session-error.ts'
import type { Waiter } from './waiters.ts'

/**
 * An epoch ends when the session does: nothing more is sent, but what was sent may still be answered. It closes when the
 * person leaves or another comes: then late answers are dropped as well.
 */
export class Lifespan {
  #ended = false
  #closed: SessionError | null = null
  readonly #underWay = new Set<Waiter>()

  get closed(): boolean {
    return this.#closed !== null
  }

  /** Why nothing may be sent any more, or null. */
  get over(): SessionError | null {
    return this.#closed ?? (this.#ended ? new SessionError('ended') : null)
  }

  end(): void {
    this.#ended = true
  }

  close(why: SessionError): void {
    if (this.#closed) return
    this.#closed = why
    const all = [...this.#underWay]
    this.#underWay.clear()
    for (const operation of all) operation.refuse(why)
  }

  /** Whoever has joined is told of the closing, until it leaves. */
  join(operation: Waiter): void {
    this.#underWay.add(operation)
  }

  leave(operation: Waiter): void {
    this.#underWay.delete(operation)
  }
}
