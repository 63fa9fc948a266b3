import { refreshTokenLink } from '@pyncz/trpc-refresh-token-link'
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  retryLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import { EventSource } from 'eventsource'
import { tokenRefreshLink } from 'trpc-token-refresh-link'
import { sessionLinks } from '#client/links.ts'
import type { FakeClock } from '../../test/clock.ts'
import type { TestRouter } from '../../test/session/api.ts'
import { FakeTab, openTab } from '../../test/session/page.ts'
import { claims, type Provider } from '../../test/session/provider.ts'

export type Client = ReturnType<typeof createTRPCClient<TestRouter>>

/** One way to keep a client signed in, wired as its own documentation says. */
export interface Contender {
  name: string
  connect(world: { clock: FakeClock; provider: Provider; url: string; fetch: typeof fetch }): Connected
}

export interface Connected {
  client: Client
  /** How often it would have signed the person out. */
  signOuts(): number
  /** Of those that follow the browser: the tab they follow. */
  tab?: FakeTab
  close(): void
}

type World = Parameters<Contender['connect']>[0]
type GetToken = () => string | null | Promise<string | null>

/** tRPC's own links, with the header that every recipe shows: whatever `getToken` says at this moment. */
function terminal({ url, fetch }: World, getToken: GetToken): TRPCLink<TestRouter> {
  const headers = async () => {
    const token = await getToken()
    return token ? { authorization: `Bearer ${token}` } : {}
  }
  return splitLink({
    condition: ({ type }) => type === 'subscription',
    true: httpSubscriptionLink({
      url,
      EventSource,
      eventSourceOptions: {
        fetch: async (input, init) =>
          fetch(input, { ...init, headers: { ...init.headers, ...(await headers()) } } as RequestInit),
      },
    }),
    false: httpBatchStreamLink({ url, fetch, headers, methodOverride: 'POST', maxItems: 100 }),
  })
}

const never = new AbortController().signal
const minted = async (provider: Provider) => (await provider.current()?.mint(never)) ?? null
const cached = async (provider: Provider) => (await provider.current()?.cached?.(never)) ?? null

/** README of trpc-token-refresh-link 0.5: asks before each operation whether the stored token expires within 10 s. */
const askBefore: Contender = {
  name: 'trpc-token-refresh-link',
  connect(world) {
    const { clock, provider } = world
    let stored: string | null = null
    let signOuts = 0
    const refreshing = tokenRefreshLink({
      tokenRefreshNeeded: () => stored === null || claims(stored).exp * 1000 < clock.now() + 10_000,
      fetchAccessToken: async () => {
        try {
          stored = await minted(provider)
        } catch (error) {
          // As in the README: only the provider's own 401 signs out.
          if (error instanceof Error && error.message.includes('401')) signOuts += 1
        }
      },
    }) as TRPCLink<TestRouter>
    const client = createTRPCClient<TestRouter>({ links: [refreshing, terminal(world, () => stored)] })
    return { client, signOuts: () => signOuts, close: () => {} }
  },
}

/** README of @pyncz/trpc-refresh-token-link 1.0: refreshes after each UNAUTHORIZED. */
const refreshAfter: Contender = {
  name: '@pyncz/trpc-refresh-token-link',
  connect(world) {
    let stored: string | null = null
    let signOuts = 0
    const refreshing = refreshTokenLink({
      getRefreshToken: () => 'a stored credential',
      fetchJwtPairByRefreshToken: async () => ({ access: (await minted(world.provider)) ?? '', refresh: '' }),
      onJwtPairFetched: ({ access }) => {
        stored = access
      },
      onRefreshFailed: () => {
        stored = null
        signOuts += 1
      },
    }) as unknown as TRPCLink<TestRouter>
    const client = createTRPCClient<TestRouter>({ links: [refreshing, terminal(world, () => stored)] })
    return { client, signOuts: () => signOuts, close: () => {} }
  },
}

/** The retryLink of tRPC's documentation, at most three attempts, with a token forced after each refusal. */
const retryRecipe: Contender = {
  name: 'retryLink recipe',
  connect(world) {
    let stale = false
    const getToken = () => {
      const force = stale
      stale = false
      return force ? minted(world.provider) : cached(world.provider)
    }
    const retrying = retryLink<TestRouter>({
      retry({ error, attempts }) {
        if (error.data?.code !== 'UNAUTHORIZED') return false
        stale = true
        return attempts < 3
      },
    })
    const client = createTRPCClient<TestRouter>({ links: [retrying, terminal(world, getToken)] })
    return { client, signOuts: () => 0, close: () => {} }
  },
}

/** What Clerk's documentation shows: `headers()` that asks for a token each time. */
const bareHeaders: Contender = {
  name: 'bare headers()',
  connect(world) {
    const client = createTRPCClient<TestRouter>({ links: [terminal(world, () => cached(world.provider))] })
    return { client, signOuts: () => 0, close: () => {} }
  },
}

const moneta: Contender = {
  name: 'moneta',
  connect({ clock, provider, url, fetch }) {
    const tab = new FakeTab(clock)
    const { keeper, count, close } = openTab(clock, provider, tab, () => 0.5)
    const links = sessionLinks<TestRouter>({ url, keeper, clock, random: () => 0.5, fetch })
    return { client: createTRPCClient<TestRouter>({ links }), signOuts: () => count('ended'), tab, close }
  },
}

export const CONTENDERS = [askBefore, refreshAfter, retryRecipe, bareHeaders, moneta]
