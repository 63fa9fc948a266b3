import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { EventSource } from 'eventsource'
import type { AppRouter } from '#shared/router.ts'
import { createBrowser, PASSWORD, type Person } from '../person.ts'
import { applyEvent, emptySeen, type Seen } from './seen.ts'
import type { Usage } from './usage.ts'

export interface ServerProcess {
  url: string
  usage(): Promise<Usage>
  /** Holds the process up where it stands, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Sends the signal and waits until the process is gone, if it is not gone already. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** A server in a process of its own, listening. */
export async function spawnServer(
  environment: Record<string, string>,
  script = 'test/chat/process.ts',
): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (!child.stdout) throw new Error('the server has no output')
  const [url] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the server ended before it listened'))),
  ])
  const gone = once(child, 'exit')
  return {
    url,
    async usage() {
      const told = once(child, 'message')
      child.send('usage')
      const [usage] = await told
      return usage
    },
    signal: (signal) => void child.kill(signal),
    async kill(signal) {
      child.kill(signal)
      await gone
    },
  }
}

/** A new account, made in the server's own way, and a browser that is signed in to it. */
export async function signUp(url: string, email = 'ada@example.org'): Promise<Person> {
  const person = createBrowser(url, email)
  const response = await person.ask('/client/sign_ups', { email_address: email, password: PASSWORD })
  person.sessionId = (await response.json()).response.created_session_id
  return person
}

/** The API of a server over HTTP, with streams as server-sent events. */
export function connect(url: string, token: () => Promise<string>) {
  const headers = async () => ({ authorization: `Bearer ${await token()}` })
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({
          url: `${url}/trpc`,
          EventSource,
          eventSourceOptions: async () => {
            const authorized = await headers()
            return { fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...authorized } }) }
          },
        }),
        false: httpBatchStreamLink({ url: `${url}/trpc`, methodOverride: 'POST', headers }),
      }),
    ],
  })
}

export type Api = ReturnType<typeof connect>

/** Follows a reply over HTTP as a page does, reconnecting as its link does. */
export function followReply(api: Api, replyId: string) {
  const seen = emptySeen()
  let check = () => {}
  let fail = (_error: unknown) => {}
  const subscription = api.chat.tail.subscribe(
    { replyId },
    {
      onData({ id, data }) {
        applyEvent(seen, id, data)
        check()
      },
      onError: (error) => fail(error),
    },
  )
  return {
    seen,
    /** Settles once what is seen is `enough`. */
    until: (enough: (seen: Seen) => boolean) =>
      new Promise<void>((resolve, reject) => {
        fail = reject
        check = () => enough(seen) && resolve()
        check()
      }),
    close: () => subscription.unsubscribe(),
  }
}
