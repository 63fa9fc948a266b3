import type { Database } from '#server/db/database.ts'
import type { Ground } from '#server/ground.ts'
import type { Profile } from './issuer.ts'
import { announceChange } from './users.ts'

/** Somebody, by who vouches for them and under which name. */
export interface Vouched {
  issuer: string
  subject: string
}

/** The hand-over cannot be done as asked. The message says what to do. */
export class HandOverError extends Error {}

/** How much somebody has here. */
export interface Belongings {
  userId: string
  threads: number
  messages: number
  memories: number
}

/** Null for somebody who was never here. */
export async function belongingsOf({ prisma }: Pick<Database, 'prisma'>, who: Vouched): Promise<Belongings | null> {
  const { issuer, subject } = who
  const user = await prisma.user.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { id: true } })
  if (!user) return null
  const where = { where: { userId: user.id } }
  const [threads, messages, memories] = [
    await prisma.thread.count(where),
    await prisma.message.count(where),
    await prisma.memory.count(where),
  ]
  return { userId: user.id, threads, messages, memories }
}

/**
 * Makes all that one person has here another's, who has nothing yet: their row changes hands, and with it whatever is
 * kept under it. All or nothing. Other processes know at once.
 *
 * @throws {HandOverError} when the first has nothing here, or the second has something.
 */
export async function handOver(
  { db }: Pick<Ground, 'db'>,
  from: Vouched,
  to: Vouched,
  profile: Profile,
): Promise<void> {
  await db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<(Vouched & { id: string; empty: boolean })[]>`
      select id, issuer, subject,
        not exists (select 1 from thread where user_id = app_user.id)
          and not exists (select 1 from memory where user_id = app_user.id) as empty
      from app_user
      where (issuer, subject) in ((${from.issuer}, ${from.subject}), (${to.issuer}, ${to.subject}))
      order by id for update`
    const row = ({ issuer, subject }: Vouched) => rows.find((row) => row.issuer === issuer && row.subject === subject)
    const [giver, taker] = [row(from), row(to)]
    if (!giver) throw new HandOverError('There is nothing here to hand over (any more).')
    if (taker && !taker.empty) {
      throw new HandOverError('They have data of their own already: hand over with --merge to add to it.')
    }
    if (taker) await tx.user.delete({ where: { id: taker.id } })
    await tx.user.update({ where: { id: giver.id }, data: { ...to, ...profile } })
  })
  for (const { subject } of [from, to]) await announceChange(db.prisma, subject)
}
