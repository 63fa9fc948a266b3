import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/open.ts'
import { loadDotEnv } from '#server/dot-env.ts'
import { setPassword } from '#server/local-clerk/set-password.ts'
import { createLog } from '#server/log.ts'
import { systemClock } from '#shared/clock.ts'

/** `npm run password -- EMAIL`: a new password for a local account, asked for here or read from a pipe. */
async function main() {
  const [email] = process.argv.slice(2)
  if (!email) throw new Error('Whose? npm run password -- EMAIL')
  loadDotEnv()
  const config = readConfig(process.env)
  const log = createLog('warn')
  const db = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log })
  try {
    const ended = await setPassword(
      { db, clock: systemClock },
      email,
      await readPassword(`New password for ${email}: `),
    )
    console.log(`The password is set. Sessions ended: ${ended}.`)
  } finally {
    await db.close()
  }
}

async function readPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLine(await collect())
  const password = await ask(question)
  if ((await ask('The same again: ')) !== password)
    throw new Error('These are two different passwords: nothing was changed.')
  return password
}

/** Everything that is piped in. */
async function collect(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  return text
}

/** Reads a line that is not shown. */
function ask(question: string): Promise<string> {
  const { stdin, stdout } = process
  stdout.write(question)
  stdin.setRawMode(true).setEncoding('utf8').resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const finish = (settle: () => void) => {
      stdin.setRawMode(false).pause()
      stdin.removeListener('data', onData)
      stdout.write('\n')
      settle()
    }
    const onData = (keys: string) => {
      for (const key of keys) {
        if (key === '\u0003') return finish(() => reject(new Error('Nothing was changed.')))
        if (key === '\r' || key === '\n') return finish(() => resolve(typed))
        typed = key === '\u007f' ? typed.slice(0, -1) : typed + key
      }
    }
    stdin.on('data', onData)
  })
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
