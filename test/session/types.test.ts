import { createTRPCClient } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { type AppRouter, createMonetaClient, type RouterOutputs, sessionLinks, type TokenKeeper } from 'moneta/client'
import { expectTypeOf, test } from 'vitest'

// Checked by the compiler: nothing below is called.
declare const keeper: TokenKeeper
const url = 'http://127.0.0.1:3000/trpc'

test('a client made for the wrong router does not compile', () => {
  const t = initTRPC.create()
  const other = t.router({ memory: t.router({ forgetAll: t.procedure.mutation(() => 'gone') }) })

  void (() => {
    createTRPCClient<AppRouter>({ links: sessionLinks({ url, keeper }) }).memory.search.query({ query: 'tea' })
    // @ts-expect-error the wrong router has no such procedure
    createTRPCClient<typeof other>({ links: sessionLinks({ url, keeper }) }).memory.search.query({ query: 'tea' })
    // @ts-expect-error a description of something is not a router
    sessionLinks<{ memory: string }>({ url, keeper })
  })
})

test('a call that the server does not have, or with another input than it takes, does not compile', () => {
  void (async () => {
    const { moneta } = createMonetaClient({ url, mint: async () => null })
    // @ts-expect-error there is no such procedure
    moneta.memory.forgetAll.mutate()
    // @ts-expect-error the search takes a text
    moneta.memory.search.query({ query: 7 })
    // @ts-expect-error a query cannot be subscribed to
    moneta.memory.search.subscribe({ query: 'tea' })
    expectTypeOf(await moneta.session.me.query()).toEqualTypeOf<RouterOutputs['session']['me']>()
  })
})

test('a body that can be read only once does not compile without a way to open it again', () => {
  void (() => {
    const { fetchWithAuth } = createMonetaClient({ url, mint: async () => null })
    fetchWithAuth('/export', { method: 'POST', body: () => new ReadableStream() })
    // @ts-expect-error a stream is spent after the first attempt
    fetchWithAuth('/export', { method: 'POST', body: new ReadableStream() })
  })
})
