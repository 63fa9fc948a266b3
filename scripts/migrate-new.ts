// npm run migrate:new NAME            writes the migration from prisma/migrations to prisma/schema.prisma
// npm run migrate:new -- --check      fails when there is something to write
// npm run migrate:new -- --first      writes the first migration anew: only before anyone has applied it
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { MIGRATIONS, readMigrations } from '#server/db/migrate.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean' },
    first: { type: 'boolean' },
    schema: { type: 'string', default: 'prisma/schema.prisma' },
  },
})
const [name] = positionals

if (values.check) {
  const script = await difference({ applied: true })
  if (script) {
    console.error(`The schema says other than the migrations make; npm run migrate:new NAME writes:\n\n${script}`)
    process.exitCode = 1
  }
} else if (values.first) {
  const [first] = await readMigrations(MIGRATIONS)
  await write(first?.name ?? `${timestamp()}_init`, await difference({ applied: false }))
} else if (name && /^[a-z0-9_]+$/.test(name)) {
  const script = await difference({ applied: true })
  if (script) await write(`${timestamp()}_${name}`, script)
  else console.log('Nothing to write: the migrations make what the schema says.')
} else {
  console.error('Usage: npm run migrate:new NAME, of lower-case letters, digits and underscores')
  process.exitCode = 1
}

/** The SQL from an empty database, or from one with every migration applied, to the schema; empty when none is needed. */
async function difference({ applied }: { applied: boolean }): Promise<string> {
  const database = await PGlite.create()
  for (const migration of applied ? await readMigrations(MIGRATIONS) : []) await database.exec(migration.sql)
  const schema = { path: 'schema.prisma', content: await readFile(values.schema, 'utf8') }
  await loadEngine()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database))
  const migrator = await engine.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, adapter)
  const { stdout, exitCode } = await migrator.diff({
    from: { tag: 'schemaDatasource', files: [schema], configDir: 'prisma' },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  await database.close()
  return exitCode === 0 ? '' : (stdout ?? '')
}

/** What the package's own entry does, where WebAssembly can be imported as a module: Node 20 cannot. */
async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const binary = await readFile(file.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': { ...engine } })
  engine.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start } = instance.exports as { __wbindgen_start(): void }
  __wbindgen_start()
}

async function write(migration: string, script: string): Promise<void> {
  await mkdir(join(MIGRATIONS, migration), { recursive: true })
  await writeFile(join(MIGRATIONS, migration, 'migration.sql'), script)
  console.log(`Wrote prisma/migrations/${migration}/migration.sql`)
}

/** As Prisma names its migrations: YYYYMMDDHHMMSS, in UTC. */
function timestamp(): string {
  return new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
}
