/** One person's session at an identity provider; it hands out tokens of this session only. */
export interface ProviderSession {
  /** Equal only for the same user, session and organisation. */
  readonly key: string
  readonly userId: string
  /** What its tokens call it in their `sid` claim; null when they do not say. */
  readonly sessionId: string | null
  /** When the session itself ends, in milliseconds since the epoch on the provider's clock; null if it says nothing. */
  readonly expiresAt: number | null
  /**
   * A token the provider has at hand, possibly the one already held. Left out where nothing is cached. The signal says
   * when nobody waits for it any more.
   *
   * @returns null when the provider knows that nobody is signed in.
   * @throws {SourceError} when it cannot tell at the moment.
   */
  cached?(signal: AbortSignal): Promise<string | null>
  /** A new token; null and errors as in `cached`. */
  mint(signal: AbortSignal): Promise<string | null>
  /** Tells the provider that the person is still here, which moves `expiresAt`. */
  extend?(): Promise<void>
}

/** Where tokens come from: Clerk in a browser, a stored credential in a tool. */
export interface TokenSource {
  /** The present session; null when nobody is signed in, undefined while that is not known. */
  current(): ProviderSession | null | undefined
  /** Calls `listener` whenever `current()` may have changed. Returns how to stop. */
  subscribe(listener: () => void): () => void
  /** With `stay`, what the person is looking at remains; without, the provider may lead elsewhere. */
  signOut(options: { stay: boolean }): Promise<void>
}

/** No token could be had just now, which says nothing about the session. */
export class SourceError extends Error {
  readonly kind: 'offline' | 'unavailable'
  /** The provider asked to be left alone for this long; 0 when it did not. */
  readonly retryAfterMs: number

  constructor(
    kind: 'offline' | 'unavailable',
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(message, options)
    this.name = 'SourceError'
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs ?? 0
  }
}
