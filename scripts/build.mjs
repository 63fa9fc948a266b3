import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What is built, and what each is built from. */
const CODE = {
  stamp: 'dist/build.txt',
  sources: ['client', 'server', 'shared', 'prisma', 'package.json', 'package-lock.json', 'vite.config.ts'],
}
const CLUSTER = {
  stamp: 'dist/cluster.txt',
  sources: ['server/db/pglite-worker.js', 'node_modules/@electric-sql/pglite/package.json'],
}

/** Builds the page, the server and an empty database cluster into dist/. */
export async function buildAll() {
  await Promise.all([buildCode(), buildCluster()])
}

async function buildCode() {
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
  writeFileSync(CODE.stamp, fingerprint(CODE.sources))
}

/** PostgreSQL takes seconds to make a cluster: beside the build, on another core, and not before each first start. */
async function buildCluster() {
  if (isCurrent(CLUSTER)) return
  rmSync('dist/cluster', { recursive: true, force: true })
  mkdirSync('dist', { recursive: true })
  await promisify(execFile)(process.execPath, ['server/db/pglite-worker.js', 'dist/cluster'])
  writeFileSync(CLUSTER.stamp, fingerprint(CLUSTER.sources))
}

/** Whether dist/ was built from the sources as they are now. */
export function isBuilt() {
  return isCurrent(CODE) && isCurrent(CLUSTER)
}

function isCurrent({ stamp, sources }) {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint(sources)
  } catch {
    return false
  }
}

function fingerprint(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesUnder)) hash.update(file).update(readFileSync(file))
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
