import { Gate } from '../gate.ts'

/** A fetch over the real network whose answers can be held back, one by one. */
export class Wire {
  #holding: Gate[] = []

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const held = this.#holding.shift()
    const response = await globalThis.fetch(input, init)
    await held?.passed
    return response
  }

  /** The answer to the next request arrives when the gate is opened. */
  holdNext(): Gate {
    const gate = new Gate()
    this.#holding.push(gate)
    return gate
  }
}
