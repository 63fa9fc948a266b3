export type WorldSignal = 'visible' | 'hidden' | 'focus' | 'online' | 'offline'

/** What the keeper must know of its surroundings. */
export interface World {
  visible(): boolean
  online(): boolean
  subscribe(listener: (signal: WorldSignal) => void): () => void
  /** When any tab last began a refresh: milliseconds since the epoch, shared between tabs. */
  readonly lastRefresh: { read(): number | null; write(at: number): void }
  /** Like `Clock.after`, for what is no reason to keep a process alive. */
  background(ms: number, run: () => void): () => void
}
