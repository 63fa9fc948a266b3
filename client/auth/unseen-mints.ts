/** What Clerk is about to ask of its service. */
interface ClerkRequest {
  path?: string
}

/** The window, as Clerk sees it: before each of its requests it calls the function of this name, if there is one. */
export interface ClerkHooks {
  __internal_onBeforeRequest?: (request: ClerkRequest) => void
}

/** Clerk tries again after any error but a client's, which it swallows when its own timer has asked. */
const PREVENTED = Object.assign(new Error('A tab that nobody sees renews no token'), { status: 425 })

/**
 * Keeps Clerk from renewing tokens by itself while nobody sees the page. Its timers do, whatever its options say, and
 * its service takes that for a sign of life: a session would never end for want of use.
 */
export class UnseenMints {
  #wanted = 0

  constructor(visible: () => boolean, hooks: ClerkHooks) {
    hooks.__internal_onBeforeRequest = ({ path = '' }) => {
      if (this.#wanted === 0 && !visible() && /\/sessions\/[^/]+\/tokens/.test(path)) throw PREVENTED
    }
  }

  /** An operation waits for what is asked for here, so it may be asked for. */
  async allow<T>(ask: () => Promise<T>): Promise<T> {
    this.#wanted += 1
    try {
      return await ask()
    } finally {
      this.#wanted -= 1
    }
  }
}
