import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server over TCP that stays where it is while the server changes, and on which things go wrong. */
export interface Way {
  /** On 127.0.0.1. */
  readonly port: number
  /** Where new connections lead; before that, and while nobody listens there, they are closed at once. */
  leadTo(port: number): void
  /** Ends all connections, whatever is under way on them. */
  cut(): void
  /** Nothing gets through, in either direction, until `release`. */
  hold(): void
  release(): void
  close(): Promise<void>
}

export async function openWay(): Promise<Way> {
  const journeys = new Set<[Socket, Socket]>()
  let target: number | null = null
  let held = false

  const start = ([near, far]: [Socket, Socket]) => {
    near.pipe(far)
    far.pipe(near)
  }
  const server = createServer((near) => {
    if (target === null) return near.destroy()
    const far = connect(target, '127.0.0.1')
    const journey: [Socket, Socket] = [near, far]
    journeys.add(journey)
    for (const socket of journey) {
      // A broken connection is closed too, and that is what counts here.
      socket.on('error', () => {})
      socket.on('close', () => {
        for (const end of journey) end.destroy()
        journeys.delete(journey)
      })
    }
    if (!held) start(journey)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  function cut() {
    for (const [near] of journeys) near.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      target = port
    },
    cut,
    hold() {
      held = true
      for (const journey of journeys) for (const socket of journey) socket.unpipe().pause()
    },
    release() {
      held = false
      for (const journey of journeys) start(journey)
    },
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
