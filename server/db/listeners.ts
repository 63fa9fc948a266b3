interface Listener {
  onPayload(payload: string): void
  onGap(): void
}

/** Who listens to which channel of one connection, and the statements that keep the connection in step. */
export class Listeners {
  readonly #channels = new Map<string, Set<Listener>>()

  /** @returns the statement that takes up every channel again, empty when there is none. */
  get listenAll(): string {
    return [...this.#channels.keys()].map(listen).join('; ')
  }

  /** @returns the statement to run; running it twice does no harm. */
  add(channel: string, listener: Listener): string {
    const listeners = this.#channels.get(channel) ?? new Set()
    this.#channels.set(channel, listeners.add(listener))
    return listen(channel)
  }

  /** @returns the statement to run, or null when others still listen. */
  remove(channel: string, listener: Listener): string | null {
    const listeners = this.#channels.get(channel)
    if (!listeners?.delete(listener) || listeners.size > 0) return null
    this.#channels.delete(channel)
    return `unlisten ${quote(channel)}`
  }

  deliver(channel: string, payload: string): void {
    for (const { onPayload } of [...(this.#channels.get(channel) ?? [])]) onPayload(payload)
  }

  announceGap(): void {
    for (const { onGap } of [...this.#channels.values()].flatMap((listeners) => [...listeners])) onGap()
  }
}

function listen(channel: string): string {
  return `listen ${quote(channel)}`
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
