import { expect, inject, test, vi } from 'vitest'
import { keepVacuumed } from '#server/db/pglite-vacuum.ts'
import { createLog } from '#server/log.ts'
import { FakeClock } from '../clock.ts'
import { openTestHome } from '../database/open.ts'

// PostgreSQL vacuums itself.
test.runIf(inject('testDatabase').home === 'pglite')(
  'what is overwritten again and again does not pile up',
  async () => {
    const clock = new FakeClock()
    const { pool, close } = await openTestHome({ empty: true })
    const stop = keepVacuumed(pool, clock, createLog('silent'))
    await pool.query(
      'create table note (id int primary key, body bytea); alter table note alter body set storage external',
    )
    await pool.query('insert into note select 1, $1', [Buffer.alloc(3_000)])
    const size = async () => {
      const { rows } = await pool.query<{ size: string }>(`select pg_total_relation_size('note') size`)
      return Number(rows[0]?.size)
    }
    const overwrite = async () => {
      for (let time = 0; time < 200; time++) await pool.query('update note set body = $1', [Buffer.alloc(3_000, time)])
    }

    const vacuumed = async () =>
      (await pool.query(`select vacuum_count from pg_stat_user_tables where relname = 'note'`)).rows[0]?.vacuum_count
    await overwrite()
    const once = await size()
    for (const round of [1, 2, 3]) {
      // PostgreSQL counts what was written at most once a second.
      const noticed = async () => {
        clock.advance(20_000)
        expect(Number(await vacuumed())).toBeGreaterThanOrEqual(round)
      }
      await vi.waitFor(noticed, { timeout: 20_000, interval: 250 })
      await overwrite()
    }
    expect(await size()).toBeLessThan(once * 1.5)
    await stop()
    await close()
  },
)
