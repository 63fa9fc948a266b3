import { Gate } from '../gate.ts'

/** A fetch over the real network whose requests and answers can be held back, one by one. */
export class Wire {
  readonly #holding: Gate[] = []
  readonly #delaying: Gate[] = []

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const held = this.#holding.shift()
    await this.#delaying.shift()?.passed
    const response = await globalThis.fetch(input, init)
    await held?.passed
    return response
  }

  /** The next request leaves this machine when the gate is opened. */
  delayNext(): Gate {
    const gate = new Gate()
    this.#delaying.push(gate)
    return gate
  }

  /** The answer to the next request arrives when the gate is opened. */
  holdNext(): Gate {
    const gate = new Gate()
    this.#holding.push(gate)
    return gate
  }
}
