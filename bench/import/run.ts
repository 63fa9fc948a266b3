/**
 * A large file in and out of the built server, a process of its own: how long, and how much of the machine's memory.
 *
 *   npm run bench:import [-- --mb 500] [--tools 15000] [--home pglite|postgres] [--json FILE]
 *
 * The file is made like ChatGPT's: per conversation 30 messages of some 700 characters, a fifth of them with results of
 * tools that weigh 15 KB (`--tools`, in characters) and are passed over, and 1.5 KB beside each message. It is imported twice, and exported to a
 * reader that pauses. Resident memory comes from /proc, so it needs Linux; "idle" is the server before the file.
 */
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { ImportSummary } from '#shared/transfer.ts'
import { signUp } from '../../test/chat/spawn.ts'
import { startPostgres } from '../../test/database/throw-away-postgres.ts'
import type { Person } from '../../test/person.ts'
import { startProcess } from '../../test/process/moneta-process.ts'
import { writeExport } from './write-export.ts'

const SAMPLE_MS = 50
const PAUSE_MS = 2_000

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '500' },
    tools: { type: 'string', default: '15000' },
    home: { type: 'string', multiple: true, default: ['pglite', 'postgres'] },
    json: { type: 'string' },
  },
})

const folder = await mkdtemp(join(tmpdir(), 'moneta-bench-'))
const file = join(folder, 'conversations.json')
await writeExport(file, { bytes: Number(values.mb) * 1_000_000, tools: Number(values.tools) })
const { size } = await stat(file)
const figures: Record<string, Record<string, number>> = {}
for (const home of values.home) {
  const postgres = home === 'postgres' ? await startPostgres() : null
  try {
    figures[home] = await measure({
      NODE_ENV: 'production',
      DATA_DIR: join(folder, home),
      LOCAL_TOKEN_SECONDS: '3600',
      LOG_LEVEL: 'error',
      ...(postgres ? { DATABASE_URL: postgres.url } : {}),
    })
  } finally {
    await postgres?.stop()
  }
}
await rm(folder, { recursive: true })
console.table(figures)
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)

async function measure(environment: Record<string, string>): Promise<Record<string, number>> {
  const { url, child, stop } = await startProcess(environment)
  const pid = child.pid ?? 0
  try {
    const person = await signUp(url)
    await person.token()
    const idle = await residentMb(pid)
    const first = await watched(pid, () => bringIn(url, person))
    const again = await watched(pid, () => bringIn(url, person))
    const out = await watched(pid, () => takeOut(url, person))
    return {
      file_mb: round(size / 1e6),
      messages: first.result.messages,
      idle_rss_mb: idle,
      import_s: first.seconds,
      import_mb_per_s: round(size / 1e6 / first.seconds),
      import_peak_rss_mb: first.peak,
      again_s: again.seconds,
      again_peak_rss_mb: again.peak,
      export_mb: round(out.result / 1e6),
      export_s: round(out.seconds - PAUSE_MS / 1000),
      export_peak_rss_mb: out.peak,
    }
  } finally {
    await stop()
  }
}

async function watched<Result>(pid: number, act: () => Promise<Result>) {
  let peak = 0
  let sampling = true
  const sample = (async () => {
    while (sampling) {
      peak = Math.max(peak, await residentMb(pid))
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))
    }
  })()
  const start = performance.now()
  const result = await act()
  const seconds = round((performance.now() - start) / 1000)
  sampling = false
  await sample
  return { result, seconds, peak }
}

async function bringIn(url: string, person: Person): Promise<ImportSummary> {
  const headers = { authorization: `Bearer ${await person.token()}`, 'content-length': size }
  const upload = request(`${url}/files/import`, { method: 'POST', headers })
  const answer = new Promise<string>((resolve, reject) => {
    upload.on('error', reject)
    upload.on('response', (response) => resolve(text(response)))
  })
  await pipeline(createReadStream(file), upload)
  const summary = JSON.parse(await answer)
  if (summary.message) throw new Error(summary.message)
  return summary
}

/** How many bytes came; the reader pauses once, so that the server has to wait. */
async function takeOut(url: string, person: Person): Promise<number> {
  const headers = { authorization: `Bearer ${await person.token()}` }
  return new Promise((resolve, reject) => {
    request(`${url}/files/moneta.json`, { headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk) => {
        if (bytes === 0) {
          response.pause()
          setTimeout(() => response.resume(), PAUSE_MS)
        }
        bytes += chunk.length
      })
      response.on('end', () => resolve(bytes))
    })
      .on('error', reject)
      .end()
  })
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
