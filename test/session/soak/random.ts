/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, less than 1. */
  readonly next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  between(least: number, most: number): number {
    return Math.round(least + this.next() * (most - least))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)] as T
  }

  /** Moments within `lengthMs`, `count` of them on average, in order. */
  moments(lengthMs: number, count: number): number[] {
    const all: number[] = []
    for (let at = 0; ; ) {
      at += -Math.log(1 - this.next()) * (lengthMs / count)
      if (at >= lengthMs) return all
      all.push(Math.round(at))
    }
  }
}
