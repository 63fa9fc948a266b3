import { LRUCache } from 'lru-cache'
import { v7 as uuidv7 } from 'uuid'
import type { Prisma, User } from '#server/db/generated/client.ts'
import type { Ground } from '#server/ground.ts'
import { type Me, type Settings, settingsInput } from '#shared/session.ts'
import type { TokenIssuer } from './issuer.ts'

/** What is known of a person's place when they first call; either may be missing or nonsense. */
export interface FirstUse {
  timeZone: string | null
  locale: string | null
}

/** Carries the id of a user whose row changed, so that every process reads it anew. */
const CHANGED = 'app_user_changed'
const REMEMBERED_USERS = 10_000

/** The rows of the people who call: made at the first call, found at every later one, and kept at hand. */
export async function createUsers({ db, clock, issuer }: Pick<Ground, 'db' | 'clock'> & { issuer: TokenIssuer }) {
  const known = new LRUCache<string, Promise<Me>>({ max: REMEMBERED_USERS })

  const stopListening = await db.listen(
    CHANGED,
    (subject) => known.delete(subject),
    () => known.clear(),
  )

  async function findOrCreate(subject: string, firstUse: () => FirstUse): Promise<Me> {
    const unique = { issuer_subject: { issuer: issuer.issuer, subject } }
    const found = await db.prisma.user.findUnique({ where: unique })
    if (found) return toMe(found)
    const now = clock.now()
    const row = {
      id: uuidv7({ msecs: now }),
      issuer: issuer.issuer,
      subject,
      ...(await issuer.profile(subject)),
      ...usable(firstUse()),
      createdAt: new Date(now),
    }
    // Of several first calls at once, here or in another process, one makes the row and all find it.
    await db.prisma.user.createMany({ data: [row], skipDuplicates: true })
    return toMe(await db.prisma.user.findUniqueOrThrow({ where: unique }))
  }

  return {
    find(subject: string, firstUse: () => FirstUse): Promise<Me> {
      const flight = known.get(subject)
      if (flight) return flight
      const fresh = findOrCreate(subject, firstUse)
      known.set(subject, fresh)
      fresh.catch(() => known.delete(subject))
      return fresh
    },
    close: stopListening,
  }
}

/** Whose row it is. */
interface Owner {
  deps: Pick<Ground, 'db'>
  userId: string
}

/** The signed-in person as stored now. */
export async function readMe({ deps, userId }: Owner): Promise<Me> {
  return toMe(await deps.db.prisma.user.findUniqueOrThrow({ where: { id: userId } }))
}

export async function saveSettings({ deps, userId }: Owner, settings: Settings): Promise<Me> {
  const user = await deps.db.prisma.user.update({ where: { id: userId }, data: settings })
  await announceChange(deps.db.prisma, user.subject)
  return toMe(user)
}

/** Lets every process read a user's row anew, or find that it is gone. */
export async function announceChange(
  db: Pick<Prisma.TransactionClient, '$executeRaw'>,
  subject: string,
): Promise<void> {
  await db.$executeRaw`select pg_notify(${CHANGED}, ${subject})`
}

function usable(firstUse: FirstUse): Settings {
  const { shape } = settingsInput
  return {
    timeZone: shape.timeZone.safeParse(firstUse.timeZone).data,
    locale: shape.locale.safeParse(firstUse.locale).data,
  }
}

function toMe({ id, email, name, timeZone, locale, createdAt }: User): Me {
  return { id, email, name, timeZone, locale, createdAt: createdAt.toISOString() }
}
