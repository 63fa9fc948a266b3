import type { Deps } from '#server/context.ts'
import type { Me } from '#shared/session.ts'

/** As much of a request as memory needs to know: every `UserContext` is one. */
export interface Caller {
  deps: Pick<Deps, 'db' | 'clock'> & Partial<Pick<Deps, 'embedder'>>
  userId: string
  user: Pick<Me, 'timeZone'>
}
