// npm run hand-over -- --from EMAIL --to CLERK_USER_ID [--merge] [--yes]
//
// Makes all that a local account has here a Clerk user's. Who that is, the operator says by Clerk's id: e-mail addresses
// of local accounts are verified by nobody, so that the same address proves nothing.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from '#server/config.ts'
import { DatabaseOpenError } from '#server/db/home.ts'
import { openDatabase } from '#server/db/open.ts'
import { loadDotEnv } from '#server/dot-env.ts'
import { clerkIssuer } from '#server/identity/clerk-issuer.ts'
import { type Belongings, belongingsOf, HandOverError, handOver } from '#server/identity/hand-over.ts'
import type { Profile } from '#server/identity/issuer.ts'
import { endSessions } from '#server/local-clerk/ended-sessions.ts'
import { LOCAL_ISSUER } from '#server/local-clerk/token.ts'
import { createLog } from '#server/log.ts'
import { mergeInto } from '#server/transfer/merge.ts'
import { systemClock } from '#shared/clock.ts'

const USAGE = 'Usage: npm run hand-over -- --from EMAIL --to CLERK_USER_ID [--merge] [--yes]'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      merge: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  })
  if (!values.from || !values.to) throw new HandOverError(USAGE)
  if (!/^user_\w+$/.test(values.to)) {
    throw new HandOverError(`${values.to} is no Clerk user id: it begins with user_, and stands in Clerk's dashboard.`)
  }
  loadDotEnv()
  const { clerk, dataDir, databaseUrl } = readConfig(process.env)
  if (!clerk) throw new HandOverError('To whom at Clerk? Set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY first.')
  const log = createLog('warn')
  const db = await openDatabase({ dataDir, databaseUrl, log })
  const deps = { db, clock: systemClock }
  try {
    const account = await db.prisma.localAccount.findUnique({ where: { email: values.from.trim().toLowerCase() } })
    if (!account) throw new HandOverError(`There is no local account with ${values.from} here.`)
    const issuer = clerkIssuer(clerk, { clock: systemClock, log })
    const from = { issuer: LOCAL_ISSUER, subject: account.id }
    const to = { issuer: issuer.issuer, subject: values.to }
    const [theirs, own] = [await belongingsOf(db, from), await belongingsOf(db, to)]
    if (!theirs) {
      console.log(`${account.email} has nothing here (any more); ${values.to} has ${amount(own)}. Nothing to do.`)
      return
    }
    const profile = await issuer.profile(values.to)
    const question = `Hand ${amount(theirs)} of ${account.email} over to ${values.to} (${known(profile)}), who has ${amount(own)}?`
    if (!values.yes && !(await confirmed(question))) throw new HandOverError('Nothing was changed.')
    if (own && values.merge) await mergeInto(deps, { from: theirs.userId, to: own.userId })
    else await handOver(deps, from, to, profile)
    const sessions = await db.prisma.localSession.findMany({ where: { accountId: account.id, endedAt: null } })
    await endSessions(
      deps,
      sessions.map(({ id }) => id),
    )
    console.log(`${values.to} now has ${amount(await belongingsOf(db, to))}. Local sessions ended: ${sessions.length}.`)
  } finally {
    await db.close()
  }
}

function amount(some: Belongings | null): string {
  if (!some) return 'nothing yet'
  return `${some.threads} conversations, ${some.messages} messages and ${some.memories} memories`
}

function known({ name, email }: Profile): string {
  return [name, email].filter(Boolean).join(', ') || 'Clerk does not say who that is'
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new HandOverError('Nobody can be asked here: add --yes to go ahead.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (yes/no) `)).trim())
  } finally {
    terminal.close()
  }
}

main().catch((error: unknown) => {
  const expected = [ConfigError, DatabaseOpenError, HandOverError].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exitCode = 1
})
