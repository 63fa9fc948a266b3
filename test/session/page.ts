import type { SessionEvent } from '#client/auth/session-events.ts'
import { TokenKeeper } from '#client/auth/token-keeper.ts'
import type { TokenSource } from '#client/auth/token-source.ts'
import type { World, WorldSignal } from '#client/auth/world.ts'
import type { FakeClock } from '../clock.ts'

/** A tab that is shown, hidden, cut off and woken by hand. */
export class FakeTab implements World {
  shown = true
  connected = true
  readonly lastRefresh: World['lastRefresh']
  readonly background: World['background']
  readonly #listeners = new Set<(signal: WorldSignal) => void>()

  constructor(clock: FakeClock, lastRefresh = sharedTime()) {
    this.lastRefresh = lastRefresh
    this.background = (ms, run) => clock.after(ms, run)
  }

  visible = () => this.shown
  online = () => this.connected

  subscribe(listener: (signal: WorldSignal) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get listeners(): number {
    return this.#listeners.size
  }

  show(): void {
    this.shown = true
    this.signal('visible')
  }

  hide(): void {
    this.shown = false
    this.signal('hidden')
  }

  connect(): void {
    this.connected = true
    this.signal('online')
  }

  disconnect(): void {
    this.connected = false
    this.signal('offline')
  }

  signal(signal: WorldSignal): void {
    for (const listener of [...this.#listeners]) listener(signal)
  }
}

export function sharedTime(): World['lastRefresh'] {
  let last: number | null = null
  return {
    read: () => last,
    write: (at) => {
      last = at
    },
  }
}

/** A keeper at work in a tab, and all it has told. `random` is fixed: no jitter, no early retry. */
export function openTab(clock: FakeClock, source: TokenSource, tab = new FakeTab(clock), random = () => 0) {
  const keeper = new TokenKeeper({ source, clock, world: tab, random })
  const events: SessionEvent[] = []
  keeper.watch((event) => events.push(event))
  const close = keeper.start()
  const count = (type: SessionEvent['type']) => events.filter((event) => event.type === type).length
  return { keeper, tab, events, count, close }
}
