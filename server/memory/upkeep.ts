import type { Ground } from '#server/ground.ts'
import { faultOf } from '#server/log.ts'
import { describeStale } from './describe.ts'
import { eraseForgotten } from './erase.ts'
import { reindexStale } from './reindex.ts'

const EVERY_MS = 60 * 60 * 1000

/**
 * Keeps the promises that no request keeps: what was forgotten is erased once it cannot be undone, and an index made by
 * an older tokenizer is built anew, and what older rules read off memories is read anew. At once and every hour; several processes may do it. Returns what stops it.
 */
export function startUpkeep(deps: Omit<Ground, 'embedder'>): () => void {
  let cancel = () => {}
  let stopped = false

  async function run(): Promise<void> {
    try {
      const rebuilt = await reindexStale(deps)
      if (rebuilt > 0) deps.log.info({ rebuilt }, 'Search indexes built anew')
      await eraseForgotten(deps)
      await describeStale(deps)
    } catch (error) {
      if (!stopped)
        deps.log.warn({ fault: faultOf(error) }, 'Upkeep of the memories failed; it is tried again in an hour')
    }
    if (!stopped) cancel = deps.clock.after(EVERY_MS, () => void run())
  }

  void run()
  return () => {
    stopped = true
    cancel()
  }
}
