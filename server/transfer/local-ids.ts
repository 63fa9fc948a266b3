import { createHash } from 'node:crypto'
import { Prisma } from '#server/db/generated/client.ts'
import type { Tx } from '#server/memory/index/lock.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

export function isId(key: string): boolean {
  return UUID.test(key)
}

/** Where the keys of a Moneta's export are unique: whatever they name. */
const MONETA = 'moneta'

/** A uuid (version 8) that the same user's import of the same thing always gives, and no other's does. */
export function derivedId(userId: string, threadKey: string, messageKey = ''): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([userId, threadKey, messageKey]))
    .digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** The id that a thing of a Moneta's export has here when it is not back where it was exported. */
export function adoptedId(userId: string, key: string): string {
  return derivedId(userId, MONETA, key)
}

const TABLES = { thread: Prisma.sql`thread`, message: Prisma.sql`message`, memory: Prisma.sql`memory` }

export type LocalIds = (key: string) => string

/** The ids of things of a Moneta's export: their own if they come back to where they were exported, else derived. */
export async function localIds(
  tx: Tx,
  userId: string,
  kind: keyof typeof TABLES,
  keys: readonly string[],
): Promise<LocalIds> {
  const ids = [...new Set(keys)].filter(isId)
  const here =
    ids.length === 0
      ? []
      : await tx.$queryRaw<{ id: string }[]>`
          select id from ${TABLES[kind]} where user_id = ${userId}::uuid and id = any(${ids}::uuid[])`
  const known = new Set(here.map(({ id }) => id))
  return (key) => (known.has(key) ? key : adoptedId(userId, key))
}
