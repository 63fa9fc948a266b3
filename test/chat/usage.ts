import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface Usage {
  /** CPU time so far, in microseconds. */
  cpu: number
  /** What is in use now, garbage aside, in bytes. */
  memory: number
}

/** Lets the parent process ask what this one has used, by any message. */
export function reportUsage(): void {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    const usage: Usage = { cpu: user + system, memory: heapUsed + external }
    process.send?.(usage)
  })
}
