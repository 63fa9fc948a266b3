/** A map that holds at most `limit` entries and gives up the oldest ones first. */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly limit: number

  constructor(limit: number) {
    super()
    this.limit = limit
  }

  override set(key: K, value: V): this {
    this.delete(key)
    super.set(key, value)
    for (const oldest of this.keys()) {
      if (this.size <= this.limit) break
      this.delete(oldest)
    }
    return this
  }
}
