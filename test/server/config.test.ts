import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '#server/config.ts'

const publishable = (host: string, kind = 'live') => `pk_${kind}_${Buffer.from(host).toString('base64')}`
const CLERK = { CLERK_PUBLISHABLE_KEY: publishable('clerk.example.com$'), CLERK_SECRET_KEY: 'sk_live_0123456789' }

function problems(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('The environment', () => {
  it('is right with nothing set, with empty variables, and with both Clerk keys', () => {
    expect(problems({})).toEqual([])
    expect(problems({ PORT: '', DATABASE_URL: '', CLERK_SECRET_KEY: '' })).toEqual([])
    expect(problems(CLERK)).toEqual([])
    expect(problems({ ...CLERK, HOST: '0.0.0.0' })).toEqual([])
  })

  it.each([
    [
      'half a set of Clerk keys',
      { CLERK_PUBLISHABLE_KEY: CLERK.CLERK_PUBLISHABLE_KEY },
      /^CLERK_SECRET_KEY is missing/,
    ],
    ['the other half', { CLERK_SECRET_KEY: CLERK.CLERK_SECRET_KEY }, /^CLERK_PUBLISHABLE_KEY is missing/],
    ['a key that was cut short', { ...CLERK, CLERK_PUBLISHABLE_KEY: 'pk_live_Y2xlcmsu' }, /copied whole/],
    ['keys that were swapped', { ...CLERK, CLERK_PUBLISHABLE_KEY: CLERK.CLERK_SECRET_KEY }, /copied whole/],
    ['keys of two instances', { ...CLERK, CLERK_SECRET_KEY: 'sk_test_0123456789' }, /take both of one$/],
    ['no key where a PEM belongs', { ...CLERK, CLERK_JWT_KEY: 'MIIBIjAN' }, /^CLERK_JWT_KEY must be copied whole/],
    ['Clerk keys and local accounts at once', { ...CLERK, IDENTITY: 'local' }, /keep one of the two$/],
    ['local accounts for everyone', { HOST: '0.0.0.0' }, /IDENTITY=local if this is wanted$/],
    ['another database', { DATABASE_URL: 'mysql://localhost/moneta' }, /^DATABASE_URL must be an address such as/],
    ['a password that breaks the address', { DATABASE_URL: 'postgres://a:p/w@host:5432/m' }, /percent-encoded$/],
    ['no port', { PORT: '70000' }, /^PORT must be a whole number from 0 to 65,535$/],
    ['a provider without a model', { MODEL_PROVIDER: 'openai' }, /^MODEL is missing/],
    ['a model without a server', { MODEL_PROVIDER: 'openai-compatible', MODEL: 'm' }, /^MODEL_BASE_URL is missing/],
  ])('is refused in one sentence that names the variable: %s', (_what, environment, sentence) => {
    expect(problems(environment as unknown as Record<string, string>)).toEqual([expect.stringMatching(sentence)])
  })

  it('is refused with all that is wrong at once, and no secret in the words', () => {
    const wrong = { PORT: 'eighty', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://me:s3cret/x@host:1/m' }
    const found = problems(wrong)
    expect(found).toHaveLength(3)
    expect(found.join()).not.toContain('s3cret')
  })

  it('has a line for each variable in .env.example, and for no other', () => {
    const named = (file: string, line: RegExp) => [...readFileSync(file, 'utf8').matchAll(line)].map(([, name]) => name)
    const read = named('server/config.ts', /^ {2}([A-Z_]+): /gm)
    expect(named('.env.example', /^#([A-Z_]+)=/gm).sort()).toEqual(read.sort())
  })
})
