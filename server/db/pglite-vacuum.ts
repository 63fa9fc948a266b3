import type { Pool } from 'pg'
import { faultOf, type Log } from '#server/log.ts'
import type { Clock } from '#shared/clock.ts'

const EVERY_MS = 20_000

// The thresholds of PostgreSQL's autovacuum at its default settings; a table's TOAST is vacuumed with it.
const NEGLECTED = `
  select c.oid::regclass::text as table
  from pg_class c
  join pg_stat_user_tables s on s.relid = c.oid
  left join pg_stat_all_tables toast on toast.relid = c.reltoastrelid
  where s.n_dead_tup > 50 + .2 * s.n_live_tup
     or toast.n_dead_tup > 50 + .2 * toast.n_live_tup
     or s.n_mod_since_analyze > 50 + .1 * s.n_live_tup`

/**
 * Does three times a minute what PostgreSQL's autovacuum would, for PGlite has no process to run it in. Without it a posting
 * that is appended to leaves each former version behind: 12,000 short texts took 60 MB instead of 10.
 *
 * @returns what stops it.
 */
export function keepVacuumed(pool: Pool, clock: Clock, log: Log): () => Promise<void> {
  let round = Promise.resolve()
  let cancel = clock.after(EVERY_MS, run)

  function run() {
    round = vacuum(pool).catch((error) => log.warn({ fault: faultOf(error) }, 'Vacuuming the embedded database failed'))
    round.then(() => {
      cancel = clock.after(EVERY_MS, run)
    })
  }

  return async () => {
    cancel()
    await round
    cancel()
  }
}

async function vacuum(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ table: string }>(NEGLECTED)
  for (const { table } of rows) await pool.query(`vacuum (analyze) ${table}`)
}
