import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { migrate, readMigrations } from '#server/db/migrate.ts'
import { openPglite } from '#server/db/pglite.ts'
import { startPgliteThread } from '#server/db/pglite-thread.ts'
import { createLog } from '#server/log.ts'

const CACHE = 'node_modules/.cache/moneta-test'

/**
 * A tar of a migrated database's files; made once for each state of the migrations and version of PGlite. Several test
 * runs may make it at once: each puts its own in place, whole.
 */
export async function pgliteTemplate(): Promise<string> {
  const pglite = await readFile('node_modules/@electric-sql/pglite/package.json', 'utf8')
  const migrations = await readMigrations()
  const hash = createHash('sha256')
    .update(pglite + migrations.map(({ checksum }) => checksum).join())
    .digest('hex')
  const file = join(CACHE, `${hash}.tar`)
  if (await stat(file).catch(() => null)) return file
  await mkdir(CACHE, { recursive: true })
  const directory = await mkdtemp(join(tmpdir(), 'moneta-template-'))
  try {
    const start = () => startPgliteThread({ dataDir: directory })
    const home = openPglite({ start, log: createLog('error') })
    await migrate(home.pool, migrations)
    await home.close()
    const database = await PGlite.create(directory)
    const tar = await database.dumpDataDir('none')
    await database.close()
    const unfinished = `${file}.${randomUUID()}`
    await writeFile(unfinished, new Uint8Array(await tar.arrayBuffer()))
    for (const old of await readdir(CACHE)) if (old.endsWith('.tar')) await rm(join(CACHE, old), { force: true })
    await rename(unfinished, file)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
  return file
}
