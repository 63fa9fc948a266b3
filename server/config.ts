import { createPublicKey } from 'node:crypto'
import { z } from 'zod'

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

const number = (low: number, high: number, what: string) => {
  const error = `must be ${what} from ${low.toLocaleString('en')} to ${high.toLocaleString('en')}`
  return z.coerce.number({ error }).min(low, error).max(high, error)
}
const seconds = (low: number, high: number) => number(low, high, 'a number of seconds')
const days = number(1 / 86_400, 3_650, 'a number of days')

const entries = (list: string) =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)

const COPY_IT = 'must be copied whole from the API keys of the Clerk dashboard'

/** `pk_`, the kind of instance, and in base64 the host name of its Frontend API with a `$` behind it. */
function isPublishableKey(key: string): boolean {
  const encoded = /^pk_(?:test|live)_([\w+/=-]+)$/.exec(key)?.[1] ?? ''
  return /^[\w.-]+\.[\w-]+\$$/.test(Buffer.from(encoded, 'base64').toString())
}

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

const fields = z.object({
  PORT: number(0, 65_535, 'a whole number').int('must be a whole number').default(3000),
  HOST: z.string().default('127.0.0.1'),
  ALLOWED_HOSTS: z.string().default('').transform(entries),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine(
      (address) => /^postgres(ql)?:\/\//.test(address) && URL.canParse(address),
      'must be an address such as postgres://user:password@localhost:5432/moneta, with signs like @ and / in a password percent-encoded',
    )
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' })
    .default('info'),
  IDENTITY: z.literal('local', { error: 'must be local or not be set' }).optional(),
  CLERK_PUBLISHABLE_KEY: z.string().refine(isPublishableKey, COPY_IT).optional(),
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_(test|live)_./, COPY_IT)
    .optional(),
  CLERK_JWT_KEY: z.string().refine(isPublicKey, `${COPY_IT}, from BEGIN PUBLIC KEY to END PUBLIC KEY`).optional(),
  LOCAL_TOKEN_SECONDS: seconds(2, 3_600).default(60),
  LOCAL_SESSION_DAYS: days.default(7),
  LOCAL_INACTIVITY_DAYS: days.default(7),
  STREAM_MAX_SECONDS: seconds(1, 86_400).default(300),
  MODEL_PROVIDER: z
    .enum(['openai-compatible', 'openai', 'anthropic'], { error: 'must be openai-compatible, openai or anthropic' })
    .optional(),
  MODEL_BASE_URL: z.url('must be an address such as http://127.0.0.1:11434/v1').optional(),
  MODEL: z
    .string()
    .transform(entries)
    .refine((names) => names.length > 0, 'must name a model')
    .optional(),
  MODEL_API_KEY: z.string().optional(),
  EMBEDDING_BASE_URL: z.url('must be an address such as http://127.0.0.1:11434/v1').optional(),
  EMBEDDING_MODEL: z.string().optional(),
  EMBEDDING_API_KEY: z.string().optional(),
  MODEL_EXTRACTION: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  MODEL_CONTEXT_TOKENS: number(1_000, 2_000_000, 'a number of tokens').default(8_000),
})

type Variables = Record<string, string | undefined>

/** What variables that are each well-formed say against each other. */
function contradictions(set: Variables): string[] {
  const { CLERK_PUBLISHABLE_KEY: publishable, CLERK_SECRET_KEY: secret, HOST = '127.0.0.1' } = set
  const clerk = Boolean(publishable || secret)
  const problems: string[] = []
  if (Boolean(publishable) !== Boolean(secret)) {
    const missing = publishable ? 'CLERK_SECRET_KEY' : 'CLERK_PUBLISHABLE_KEY'
    problems.push(`${missing} is missing: set both Clerk keys, or neither for local accounts`)
  }
  if (publishable && secret && publishable.split('_')[1] !== secret.split('_')[1]) {
    problems.push('CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are of a test and a live instance: take both of one')
  }
  if (clerk && set.IDENTITY === 'local') {
    problems.push('IDENTITY is local although Clerk keys are set: keep one of the two')
  }
  if (!clerk && set.IDENTITY !== 'local' && !LOOPBACK.includes(HOST)) {
    problems.push(
      `HOST is ${HOST}, which others can reach, with local accounts meant for one machine: ` +
        'set Clerk keys, or IDENTITY=local if this is wanted',
    )
  }
  if (set.MODEL_PROVIDER && !set.MODEL) {
    problems.push('MODEL is missing: name the model that MODEL_PROVIDER should use')
  }
  if (set.MODEL_PROVIDER === 'openai-compatible' && !set.MODEL_BASE_URL) {
    problems.push('MODEL_BASE_URL is missing: an OpenAI-compatible server needs its address')
  }
  if (Boolean(set.EMBEDDING_BASE_URL) !== Boolean(set.EMBEDDING_MODEL)) {
    const missing = set.EMBEDDING_MODEL ? 'EMBEDDING_BASE_URL' : 'EMBEDDING_MODEL'
    problems.push(`${missing} is missing: set the address and the model of the embeddings, or neither`)
  }
  return problems
}

export type Config = ReturnType<typeof readConfig>

/** One sentence for each thing wrong with the environment, each naming its variable. */
export class ConfigError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * The environment, parsed. An empty variable counts as unset. Durations are in milliseconds.
 *
 * @throws {ConfigError} listing every problem at once.
 */
export function readConfig(variables: Variables) {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = fields.safeParse(set)
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const problems = [...malformed, ...contradictions(set)]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.data
  const day = 86_400_000
  return {
    port: env.PORT,
    host: env.HOST,
    allowedHosts: env.ALLOWED_HOSTS,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    logLevel: env.LOG_LEVEL,
    clerk:
      env.CLERK_PUBLISHABLE_KEY && env.CLERK_SECRET_KEY
        ? {
            publishableKey: env.CLERK_PUBLISHABLE_KEY,
            secretKey: env.CLERK_SECRET_KEY,
            jwtKey: env.CLERK_JWT_KEY ?? null,
          }
        : null,
    local: {
      tokenMs: env.LOCAL_TOKEN_SECONDS * 1000,
      sessionMs: env.LOCAL_SESSION_DAYS * day,
      inactivityMs: env.LOCAL_INACTIVITY_DAYS * day,
    },
    streamMaxMs: env.STREAM_MAX_SECONDS * 1000,
    model:
      env.MODEL_PROVIDER && env.MODEL
        ? {
            provider: env.MODEL_PROVIDER,
            /** The first one answers where nothing else was chosen. */
            names: env.MODEL,
            baseUrl: env.MODEL_BASE_URL ?? null,
            apiKey: env.MODEL_API_KEY ?? null,
          }
        : null,
    /** What search compares meanings with; null for the word vectors that come with Moneta. */
    embedding:
      env.EMBEDDING_BASE_URL && env.EMBEDDING_MODEL
        ? { baseUrl: env.EMBEDDING_BASE_URL, model: env.EMBEDDING_MODEL, apiKey: env.EMBEDDING_API_KEY ?? null }
        : null,
    /** Whether a model also reads what was said for what is worth remembering. */
    extraction: env.MODEL_EXTRACTION === 'on',
    /** How much is put before a model at once, in tokens. */
    contextTokens: env.MODEL_CONTEXT_TOKENS,
  }
}
