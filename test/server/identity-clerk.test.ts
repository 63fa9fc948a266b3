import { createPublicKey, type KeyObject } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { clerkIssuer } from '#server/identity/clerk-issuer.ts'
import { deleteAccount } from '#server/identity/delete-account.ts'
import { createIdentity, type Identity } from '#server/identity/identity.ts'
import { createLog } from '#server/log.ts'
import { addMemory } from '#server/memory/remember.ts'
import { FakeClock } from '../clock.ts'
import { openTestDatabase } from '../database/open.ts'
import { anotherStrangersKey, sign, strangersKey } from '../tokens.ts'

const FRONTEND_API = 'clerk.example.com'
const publishableKey = `pk_live_${Buffer.from(`${FRONTEND_API}$`).toString('base64')}`
const instanceKey = anotherStrangersKey
const HOST = 'moneta.example.com'

let db: Database
let clock: FakeClock
let backendApi: Server
let apiUrl: string
let identity: Identity
/** What Clerk's Backend API holds, and what it was asked. */
let published: Map<string, KeyObject>
let users: Map<string, object>
let asked: string[]
let down: boolean

beforeAll(async () => {
  db = await openTestDatabase()
  backendApi = createServer((req, res) => {
    const path = req.url ?? ''
    asked.push(`${req.method} ${path}`)
    res.setHeader('content-type', 'application/json')
    const user = users.get(path.split('/').at(-1) ?? '')
    if (down) res.writeHead(503).end('{"errors":[]}')
    else if (path.endsWith('/jwks')) res.end(JSON.stringify({ keys: [...published].map(toJwk) }))
    else res.writeHead(user ? 200 : 404).end(JSON.stringify(user ?? { errors: [] }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => backendApi.once('listening', resolve))
  apiUrl = `http://127.0.0.1:${(backendApi.address() as AddressInfo).port}`
})
afterAll(async () => {
  backendApi.close()
  await db.close()
})
beforeEach(async () => {
  clock = new FakeClock()
  published = new Map([['ins_1', instanceKey]])
  users = new Map()
  asked = []
  down = false
  identity = await start(null)
})
afterEach(() => identity.close())

function start(jwtKey: string | null): Promise<Identity> {
  const log = createLog('silent')
  const issuer = clerkIssuer({ publishableKey, secretKey: 'sk_live_test', jwtKey }, { clock, log }, apiUrl)
  return createIdentity({ db, clock, log, issuer })
}

function toJwk([kid, key]: [string, KeyObject]) {
  return { ...createPublicKey(key).export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
}

function token(kid = 'ins_1', key = published.get(kid) ?? strangersKey, change = {}) {
  const now = Math.floor(clock.now() / 1000)
  const claims = { iss: `https://${FRONTEND_API}`, azp: `https://${HOST}`, sub: 'user_1', sid: 'sess_1', iat: now }
  return sign({ ...claims, exp: now + 60, ...change }, kid, key)
}

function atClerk(id: string, lastName: string) {
  return {
    object: 'user',
    id,
    first_name: 'Ada',
    last_name: lastName,
    primary_email_address_id: 'idn_1',
    email_addresses: [{ id: 'idn_1', email_address: 'ada@example.com', linked_to: [] }],
    phone_numbers: [],
    web3_wallets: [],
    external_accounts: [],
  }
}

async function identify(jwt: string) {
  const headers = { authorization: `Bearer ${jwt}`, host: HOST }
  return identity.identify(new Request(`http://${HOST}/trpc/session.me`, { headers }))
}

describe('With Clerk keys', () => {
  it('a token of the instance is taken, and its key asked for once', async () => {
    for (let i = 0; i < 3; i++)
      expect(await identify(await token('ins_1', undefined, { jti: i }))).toMatchObject({ state: 'user' })
    expect(asked.filter((path) => path.endsWith('/jwks'))).toHaveLength(1)
  })

  it('a token of another instance, or for another page, is refused', async () => {
    const refused = { state: 'nobody', reason: 'invalid' }
    expect(await identify(await token('ins_1', undefined, { iss: 'https://clerk.other.com' }))).toEqual(refused)
    expect(await identify(await token('ins_1', undefined, { azp: 'https://other.example.com' }))).toEqual(refused)
    expect(await identify(await token('ins_1', strangersKey))).toEqual(refused)
  })

  it('CLERK_JWT_KEY makes asking for keys needless', async () => {
    const pem = createPublicKey(instanceKey).export({ type: 'spki', format: 'pem' }).toString()
    await identity.close()
    identity = await start(pem)
    down = true
    expect(await identify(await token('ins_1', undefined, { sub: 'user_pem' }))).toMatchObject({ state: 'user' })
    expect(asked.filter((path) => path.endsWith('/jwks'))).toEqual([])
  })

  it('clocks may differ by five seconds either way', async () => {
    const jwt = await token()
    clock.jump(-5000)
    expect(await identify(jwt)).toMatchObject({ state: 'user' })
    clock.jump(-1000)
    expect(await identify(jwt)).toMatchObject({ state: 'unavailable' })
    clock.jump(6000 + 60_000 + 4999)
    expect(await identify(jwt)).toMatchObject({ state: 'user' })
    clock.jump(1)
    expect(await identify(jwt)).toEqual({ state: 'nobody', reason: 'expired' })
  })

  it('the name and address come from Clerk with the first call', async () => {
    users.set('user_named', atClerk('user_named', 'Lovelace'))
    const named = await identify(await token('ins_1', undefined, { sub: 'user_named' }))
    expect(named).toMatchObject({ user: { email: 'ada@example.com', name: 'Ada Lovelace' } })
  })
})

describe('When Clerk cannot be asked', () => {
  it('nobody is called signed out: it is said that who is calling cannot be checked', async () => {
    down = true
    expect(await identify(await token())).toEqual({
      state: 'unavailable',
      problem: expect.stringMatching(/cannot check who you are/),
    })
  })

  it('who was checked before goes on, and a key once known serves for as long as it takes', async () => {
    await identify(await token())
    down = true
    clock.advance(7_200_000)
    expect(await identify(await token())).toMatchObject({ state: 'user' })
  })

  it('it is asked again ten seconds later, and then all is well', async () => {
    down = true
    await identify(await token())
    down = false
    const before = asked.length
    expect(await identify(await token())).toMatchObject({ state: 'unavailable' })
    expect(asked).toHaveLength(before)
    clock.advance(10_000)
    expect(await identify(await token())).toMatchObject({ state: 'user' })
  })

  it('a person is known all the same though their name cannot be had', async () => {
    await identify(await token())
    down = true
    const nameless = await identify(await token('ins_1', undefined, { sub: 'user_nameless' }))
    expect(nameless).toMatchObject({ state: 'user', user: { email: null, name: null } })
  })
})

describe('Tokens under unknown keys', () => {
  it('cannot make this server flood Clerk: they cost it one question in ten seconds', async () => {
    await identify(await token())
    clock.advance(10_000)
    const answers = []
    for (let i = 0; i < 20; i++) answers.push(await identify(await token(`ins_forged_${i}`)))
    expect(asked.filter((path) => path.endsWith('/jwks'))).toHaveLength(2)
    expect(answers[0]).toEqual({ state: 'nobody', reason: 'invalid' })
    expect(answers[1]).toMatchObject({ state: 'unavailable' })
    expect(await identify(await token())).toMatchObject({ state: 'user' })
  })

  it('are taken once Clerk has published the key', async () => {
    await identify(await token())
    published.set('ins_2', strangersKey)
    clock.advance(10_000)
    expect(await identify(await token('ins_2'))).toMatchObject({ state: 'user' })
  })
})

describe('An account that is deleted', () => {
  const clerk = { identity: 'clerk', publishableKey, model: null } as const

  async function newPerson(subject: string) {
    const caller = await identify(await token('ins_1', undefined, { sub: subject }))
    if (caller.state !== 'user') throw new Error(`Nobody is called ${subject}`)
    const { user } = caller
    const deps = { db, clock, publicConfig: clerk }
    await addMemory({ deps, userId: user.id, user }, { text: 'I am allergic to hazelnuts' })
    return { deps, userId: user.id }
  }
  const left = async ({ userId }: { userId: string }) => [
    await db.prisma.user.count({ where: { id: userId } }),
    await db.prisma.memory.count({ where: { userId } }),
    await db.prisma.posting.count({ where: { userId } }),
  ]

  it.each(['answers', 'is down'])('is erased here while Clerk %s, and what Clerk keeps is told', async (how) => {
    const subject = `user_gone_${how.length}`
    users.set(subject, atClerk(subject, 'Byron'))
    const person = await newPerson(subject)
    const before = asked.length
    down = how === 'is down'
    expect(await deleteAccount(person)).toEqual({ remains: expect.stringMatching(/kept by Clerk.*"Manage account"/) })
    expect(await left(person)).toEqual([0, 0, 0])
    expect(asked).toHaveLength(before)
  })

  it('begins with nothing when its owner, whom Clerk still knows, comes again', async () => {
    users.set('user_back', atClerk('user_back', 'Milbanke'))
    const person = await newPerson('user_back')
    await deleteAccount(person)
    const again = async () => {
      const caller = await identify(await token('ins_1', undefined, { sub: 'user_back' }))
      return caller.state === 'user' ? caller.user.id : null
    }
    await expect.poll(again).not.toBe(person.userId)
    expect(await db.prisma.memory.count({ where: { userId: (await again()) ?? '' } })).toBe(0)
  })

  it('is all there still when its last row cannot be erased', async () => {
    const person = await newPerson('user_stays')
    const before = await left(person)
    await db.prisma.$executeRaw`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`
    await db.prisma.$executeRaw`create trigger refuse before delete on app_user for each row execute function refuse()`
    try {
      await expect(deleteAccount(person)).rejects.toThrow()
    } finally {
      await db.prisma.$executeRaw`drop function refuse cascade`
    }
    expect(await left(person)).toEqual(before)
  })
})
