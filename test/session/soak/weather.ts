import { ForeignAnswer } from '#client/auth/foreign-answer.ts'
import type { FakeClock } from '../../clock.ts'
import { type Answer, noNetwork, slowDown, unavailable } from '../provider.ts'
import type { Random } from './random.ts'

/** What can go wrong for a while, how often a day, and for how long in seconds. */
export const SPELLS = {
  /** The network is away, and the browser knows. */
  offline: { aDay: 6, seconds: [5, 600] },
  /** The network is away, and the browser believes it is there. */
  noRoute: { aDay: 4, seconds: [3, 90] },
  /** The identity provider fails. */
  provider503: { aDay: 6, seconds: [5, 180] },
  provider429: { aDay: 3, seconds: [2, 30] },
  providerHangs: { aDay: 4, seconds: [5, 60] },
  providerSlow: { aDay: 6, seconds: [30, 600] },
  portal: { aDay: 2, seconds: [10, 120] },
  /** The server fails, or a gateway before it does. */
  server503: { aDay: 4, seconds: [2, 60] },
  gateway401: { aDay: 3, seconds: [1, 20] },
} as const

export type Spell = keyof typeof SPELLS

/** What is wrong at this moment, and when something last was. */
export class Weather {
  readonly #spells = new Map<Spell, number>()
  readonly #clock: FakeClock
  readonly #random: Random
  #clearedAt = Number.NEGATIVE_INFINITY
  /** Until when the provider asked to be left alone. */
  #quietUntil = Number.NEGATIVE_INFINITY

  constructor(clock: FakeClock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  begin(spell: Spell): void {
    this.#spells.set(spell, (this.#spells.get(spell) ?? 0) + 1)
  }

  end(spell: Spell): void {
    const left = (this.#spells.get(spell) ?? 0) - 1
    if (left > 0) this.#spells.set(spell, left)
    else this.#spells.delete(spell)
    this.#clearedAt = this.#clock.truth
  }

  is(...spells: Spell[]): boolean {
    return spells.some((spell) => this.#spells.has(spell))
  }

  /** Whether anything at all was wrong since the moment `since`. */
  wasBadSince(since: number): boolean {
    return this.#spells.size > 0 || Math.max(this.#clearedAt, this.#quietUntil) >= since
  }

  get network(): boolean {
    return !this.is('offline', 'noRoute')
  }

  get providerAnswers(): boolean {
    return this.network && !this.is('provider503', 'provider429', 'providerHangs', 'portal')
  }

  /** What a mint comes to. A provider that hangs may bring its token long after everybody has given up. */
  readonly mint = (): Answer => {
    const between = (least: number, most: number) => this.#random.between(least, most)
    if (!this.network) return this.#after(between(0, 300), noNetwork)
    if (this.is('portal')) return 'page'
    if (this.is('provider429')) {
      const seconds = between(1, 20)
      this.#quietUntil = this.#clock.truth + seconds * 1_000
      return slowDown(seconds)
    }
    if (this.is('provider503')) return this.#after(between(30, 2_000), unavailable)
    if (this.is('providerHangs')) return this.#random.chance(0.5) ? 'hang' : this.#after(between(9_000, 40_000))
    if (this.is('providerSlow')) return this.#after(between(500, 6_000))
    return this.#after(between(30, 250))
  }

  /** What becomes of a request on its way; null when it arrives. */
  onTheWay(): Error | null {
    if (!this.network) return new TypeError('fetch failed')
    if (this.is('portal')) return new ForeignAnswer(200)
    if (this.is('gateway401')) return new ForeignAnswer(401)
    return this.is('server503') ? new ForeignAnswer(503) : null
  }

  #after(ms: number, error?: Error): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#clock.after(ms, () => (error ? reject(error) : resolve()))
    })
  }
}
