/** Those who want to be told of something. */
export class Subscribers<T> {
  readonly #all = new Set<(news: T) => void>()

  /** Returns how to stop. */
  add(subscriber: (news: T) => void): () => void {
    const own = (news: T) => subscriber(news)
    this.#all.add(own)
    return () => this.#all.delete(own)
  }

  /** A subscriber's own failure is reported as uncaught, and keeps the news from nobody. */
  tell(news: T): void {
    for (const subscriber of [...this.#all]) {
      try {
        subscriber(news)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
