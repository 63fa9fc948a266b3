import type { Ground } from '#server/ground.ts'
import type { Me } from '#shared/session.ts'

/** As much of a request as memory needs to know: every `UserContext` is one. */
export interface Caller {
  deps: Pick<Ground, 'db' | 'clock'> & Partial<Pick<Ground, 'embedder'>>
  userId: string
  user: Pick<Me, 'timeZone'>
}
