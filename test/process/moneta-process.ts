import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import manifest from '../../package.json' with { type: 'json' }

/** What `npm start` gives to node. */
const START = manifest.scripts.start.split(' ').slice(1)

export interface MonetaProcess {
  url: string
  child: ChildProcess
  /** All it has printed so far. */
  printed(): string
  /** Ends it as an operator does. Resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts the built server as `npm start` does, and waits until it is ready. */
export function startProcess(environment: Record<string, string>): Promise<MonetaProcess> {
  return ready(spawnMoneta(environment))
}

/** Starts the server from its sources as `npm run dev` does, and waits until it is ready. */
export function startDevelopment(environment: Record<string, string>): Promise<MonetaProcess> {
  return ready(spawnMoneta(environment, ['--import', 'tsx', 'server/main.ts']))
}

async function ready({ child, printed, ended }: ReturnType<typeof spawnMoneta>): Promise<MonetaProcess> {
  while (!/ready: http/.test(printed())) {
    const [code] = await Promise.race([
      once(child.stdout, 'data').then(() => [null]),
      ended.then((code) => [code ?? 'a signal']),
    ])
    if (code !== null) throw new Error(`Moneta ended with ${code}: ${printed()}`)
  }
  const url = /ready: (\S+)/.exec(printed())?.[1] ?? ''
  return {
    url,
    child,
    printed,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Starts the built server where it is bound to fail. Resolves with its exit code and all it printed. */
export async function failToStart(environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { printed, ended } = spawnMoneta(environment)
  return { code: await ended, said: printed() }
}

function spawnMoneta(environment: Record<string, string>, program = START) {
  const child = spawn(process.execPath, program, {
    env: { PATH: process.env.PATH, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { child, printed: () => printed, ended }
}
