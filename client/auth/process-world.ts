import type { World } from './world.ts'

/** A Node process: always there, alone, and never kept running by a refresh that is only scheduled. */
export const processWorld: World = {
  visible: () => true,
  online: () => true,
  subscribe: () => () => {},
  lastRefresh: { read: () => null, write: () => {} },
  background(ms, run) {
    const timer = setTimeout(run, ms)
    if (typeof timer === 'object') timer.unref()
    return () => clearTimeout(timer)
  },
}
