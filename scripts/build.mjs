import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STAMP = 'dist/build.txt'
const SOURCES = ['client', 'server', 'shared', 'prisma', 'package.json', 'package-lock.json', 'vite.config.ts']

/** Builds the page and the server into dist/. */
export async function buildAll() {
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  const page = build({ configFile: 'vite.config.ts', logLevel: 'warn' })
  const server = build({
    configFile: false,
    logLevel: 'warn',
    // Packages are bundled, so that a start opens a dozen files and not four hundred; PGlite finds its own beside it.
    ssr: { noExternal: true, external: ['@electric-sql/pglite', 'vite'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: 'dist/server',
      emptyOutDir: true,
      rollupOptions: {
        input: { main: 'server/main.ts', 'pglite-worker': 'server/db/pglite-worker.js' },
        // All in one folder: the worker and the migrations are found by where they lie from the code that needs them.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  await Promise.all([page, server])
  writeFileSync(STAMP, fingerprint())
}

/** Whether dist/ was built from the sources as they are now. */
export function isBuilt() {
  try {
    return readFileSync(STAMP, 'utf8') === fingerprint()
  } catch {
    return false
  }
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesUnder)) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function filesUnder(path) {
  if (path.includes('.')) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

if (process.argv[1] === import.meta.filename) await buildAll()
