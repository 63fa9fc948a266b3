import { randomUUID } from 'node:crypto'
import type { Deps } from '#server/context.ts'
import { Problem } from '#server/problem.ts'
import type { ImportState, ImportSummary } from '#shared/transfer.ts'

/** How long a silent import counts as alive, in milliseconds, and how often it says that it is. */
const LEASE_MS = 30_000
const EVERY_MS = 500

const UNDER_WAY = { in: ['receiving', 'reading'] as const satisfies ImportState['status'][] }

export interface Owner {
  deps: Pick<Deps, 'db' | 'clock'>
  userId: string
}

/** An import as the database knows it: what it came to so far, for whoever asks. */
export interface ImportRun {
  summary: ImportSummary
  /** Of the file while it is received, then of what is inside. */
  reading(total: number): Promise<void>
  /** Notes how far it is, now and then. @throws {Problem} CONFLICT when it was cancelled. */
  at(done: number): Promise<void>
  finish(outcome: { status: 'done' } | { status: 'failed'; problem: string }): Promise<void>
}

/** @throws {Problem} CONFLICT while another file of the same person is taken in. */
export async function beginImport({ deps, userId }: Owner, total: number | null): Promise<ImportRun> {
  const { db, clock } = deps
  const run = randomUUID()
  const summary = nothing()
  const now = new Date(clock.now())
  const begun = await db.prisma.$executeRaw`
    insert into file_import as known (user_id, run, total, summary, started_at, lease_until)
    values (${userId}::uuid, ${run}::uuid, ${total}, ${JSON.stringify(summary)}::jsonb, ${now}, ${lease(clock)})
    on conflict (user_id) do update set run = excluded.run, status = 'receiving', done = 0, total = excluded.total,
      summary = excluded.summary, problem = null, started_at = excluded.started_at, lease_until = excluded.lease_until
    where known.status not in ('receiving', 'reading') or known.lease_until < ${now}`
  if (begun === 0) {
    throw new Problem('CONFLICT', 'Another file of yours is being imported: wait until it is done, or cancel it.')
  }
  let noted = clock.monotonic()

  async function note(data: { status?: 'reading'; done: number; total?: number }): Promise<void> {
    noted = clock.monotonic()
    const { count } = await db.prisma.fileImport.updateMany({
      where: { userId, run, status: UNDER_WAY },
      data: { ...data, summary: { ...summary }, leaseUntil: lease(clock) },
    })
    if (count === 0) throw new Problem('CONFLICT', 'The import was cancelled. What came before that is here.')
  }

  return {
    summary,
    reading: (total) => note({ status: 'reading', done: 0, total }),
    async at(done) {
      if (clock.monotonic() - noted >= EVERY_MS) await note({ done })
    },
    async finish(outcome) {
      await db.prisma.fileImport.updateMany({
        where: { userId, run, status: UNDER_WAY },
        data: { ...outcome, summary: { ...summary } },
      })
    },
  }
}

/** The last import, under way or over; null when there was none. One whose server is gone is interrupted. */
export async function importState({ deps, userId }: Owner): Promise<ImportState | null> {
  const row = await deps.db.prisma.fileImport.findUnique({ where: { userId } })
  if (!row) return null
  const { status, done, total, problem, startedAt, leaseUntil } = row
  const gone = (status === 'receiving' || status === 'reading') && leaseUntil.getTime() < deps.clock.now()
  const summary = row.summary as unknown as ImportSummary
  return { status: gone ? 'interrupted' : status, done, total, problem, summary, startedAt: startedAt.toISOString() }
}

/** Ends an import that is under way, soon; what it brought so far stays. */
export async function cancelImport({ deps, userId }: Owner): Promise<void> {
  await deps.db.prisma.fileImport.updateMany({ where: { userId, status: UNDER_WAY }, data: { status: 'cancelled' } })
}

function lease(clock: Deps['clock']): Date {
  return new Date(clock.now() + LEASE_MS)
}

function nothing(): ImportSummary {
  return { conversations: 0, messages: 0, memories: 0, known: { conversations: 0, memories: 0 }, skipped: {} }
}
