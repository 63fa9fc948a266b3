// Opens the data directory it is given, breaks the disk during a write, repairs it, and says what it then finds.
import { rmSync, writeFileSync } from 'node:fs'
import { openHome } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'

const [dataDir = ''] = process.argv.slice(2)
const broken = process.env.BROKEN ?? ''
const { pool, close } = await openHome({ dataDir, databaseUrl: null, log: createLog('silent') })
await pool.query('create table note (word text)')
await pool.query(`insert into note values ('before')`)
writeFileSync(broken, '')
const failure = await pool.query(`insert into note values ('during')`).then(
  () => 'none',
  (error: Error) => error.message,
)
rmSync(broken)
await pool.query(`insert into note values ('after')`)
const { rows } = await pool.query<{ word: string }>('select word from note')
await close()
process.stdout.write(JSON.stringify({ failure, words: rows.map(({ word }) => word) }))
