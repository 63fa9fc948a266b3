import { type ProviderSession, SourceError, type TokenSource } from '#client/auth/token-source.ts'
import type { FakeClock } from '../clock.ts'

/** What one mint does; the default is a new token. A promise delays that, or brings a token of its own. */
export type Answer = 'new' | 'same' | 'expired' | 'hang' | 'page' | Error | Promise<unknown>

/** The margin, in milliseconds, before expiry at which Clerk's cache no longer answers by itself. */
const CACHE_MARGIN_MS = 5_000

/** An identity provider that does as it is told, and caches and shares its tokens between tabs as Clerk does. */
export class Provider implements TokenSource {
  lifetimeMs = 60_000
  /** How the coming mints answer, first to last; then all as `always`. */
  readonly next: Answer[] = []
  always: Answer | (() => Answer) = 'new'
  sessionEndsAt: number | null = null
  loading = false
  /** How many mints were asked for, and how many sign-outs there were. */
  asked = 0
  signOuts = 0
  /** The most mints of one session that were ever under way at once: neither answered nor given up. */
  mostAtOnce = 0
  /** Every token that was made, and when. */
  readonly made: { value: string; at: number }[] = []
  readonly #clock: FakeClock
  readonly #listeners = new Set<() => void>()
  #user: string | null
  #signIns = 1
  #cached: string | null = null
  readonly #open = new Set<{ sid: string; signal: AbortSignal }>()

  constructor(clock: FakeClock, user: string | null = 'ann') {
    this.#clock = clock
    this.#user = user
  }

  /** Mints that brought a token. */
  get granted(): number {
    return this.made.length
  }

  current(): ProviderSession | null | undefined {
    if (this.loading) return undefined
    if (this.#user === null) return null
    const user = this.#user
    const sid = `${user}-${this.#signIns}`
    return {
      key: sid,
      userId: user,
      sessionId: sid,
      expiresAt: this.sessionEndsAt,
      cached: (signal) => this.#fromCache(user, sid, signal),
      mint: (signal) => this.#mint(user, sid, signal),
      extend: async () => {
        this.sessionEndsAt = this.#clock.truth + 3_600_000
        this.announce()
      },
    }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async signOut(): Promise<void> {
    this.signOuts += 1
    this.become(null)
  }

  /** How often anyone has signed in or out. */
  get changes(): number {
    return this.#signIns
  }

  /** Somebody signs in, or, with null, nobody is signed in any more. */
  become(user: string | null): void {
    this.#user = user
    this.#signIns += 1
    this.#cached = null
    this.announce()
  }

  announce(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  /** A token as if made `ageMs` ago. */
  make(user: string, sid: string, ageMs = 0): string {
    const iat = Math.floor((this.#clock.truth - ageMs) / 1000)
    const value = jwt({ sub: user, sid, iat, exp: iat + this.lifetimeMs / 1000, jti: this.made.length })
    this.made.push({ value, at: this.#clock.truth })
    return value
  }

  /** Puts a token into the cache, as another tab or Clerk's own timer would. */
  share(ageMs = 0): void {
    const session = this.current()
    if (session) this.#cached = this.make(session.userId, session.key, ageMs)
  }

  async #fromCache(user: string, sid: string, signal: AbortSignal): Promise<string | null> {
    if (this.#user === null) return null
    const { exp = 0 } = this.#cached ? claims(this.#cached) : {}
    return exp * 1000 - this.#clock.truth > CACHE_MARGIN_MS ? this.#cached : this.#mint(user, sid, signal)
  }

  async #mint(user: string, sid: string, signal: AbortSignal): Promise<string | null> {
    this.asked += 1
    const answer = this.next.shift() ?? (typeof this.always === 'function' ? this.always() : this.always)
    const mint = { sid, signal }
    this.#open.add(mint)
    const atOnce = [...this.#open].filter((other) => other.sid === sid && !other.signal.aborted)
    this.mostAtOnce = Math.max(this.mostAtOnce, atOnce.length)
    try {
      return await this.#answer(answer, user, sid)
    } catch (error) {
      // As in Clerk, a failed mint costs the good token in the cache.
      this.#cached = null
      throw error
    } finally {
      this.#open.delete(mint)
    }
  }

  async #answer(answer: Answer, user: string, sid: string): Promise<string | null> {
    const brought = answer instanceof Promise ? await answer : undefined
    if (typeof brought === 'string') return brought
    if (answer === 'hang') return new Promise(() => {})
    if (answer instanceof Error) throw answer
    if (answer === 'page') return '<!doctype html><title>Hotel Wi-Fi</title>'
    if (answer === 'same') return this.made.at(-1)?.value ?? null
    if (this.#user === null) return null
    const value = this.make(user, sid, answer === 'expired' ? 2 * this.lifetimeMs : 0)
    if (this.current()?.key === sid) this.#cached = value
    return value
  }
}

export const unavailable = new SourceError('unavailable', 'The provider answered 503')
export const noNetwork = new SourceError('offline', 'getaddrinfo ENOTFOUND')
export const slowDown = (seconds: number) =>
  new SourceError('unavailable', 'The provider answered 429', { retryAfterMs: seconds * 1000 })

export interface Claims {
  sub: string
  sid: string
  iat: number
  exp: number
  jti: number
}

export function claims(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

function jwt(payload: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(payload)}.signature`
}
