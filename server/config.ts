import { z } from 'zod'

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

const port = z.coerce.number().int().min(0).max(65_535)
const seconds = z.coerce.number().positive()

const environment = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    ALLOWED_HOSTS: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((host) => host.trim())
          .filter(Boolean),
      ),
    DATA_DIR: z.string().min(1).default('.data'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
      .optional(),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    IDENTITY: z.literal('local').optional(),
    CLERK_PUBLISHABLE_KEY: z.string().startsWith('pk_').optional(),
    CLERK_SECRET_KEY: z.string().startsWith('sk_').optional(),
    CLERK_JWT_KEY: z.string().optional(),
    LOCAL_TOKEN_SECONDS: seconds.min(2).max(3600).default(60),
    LOCAL_SESSION_DAYS: seconds.default(7),
    LOCAL_INACTIVITY_DAYS: seconds.default(7),
    STREAM_MAX_SECONDS: seconds.default(300),
    MODEL_PROVIDER: z.enum(['openai-compatible', 'openai', 'anthropic']).optional(),
    MODEL_BASE_URL: z.url().optional(),
    MODEL: z
      .string()
      .transform((list) =>
        list
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
      )
      .refine((names) => names.length > 0, 'names no model')
      .optional(),
    MODEL_API_KEY: z.string().min(1).optional(),
    MODEL_CONTEXT_TOKENS: z.coerce.number().int().min(1_000).max(2_000_000).default(8_000),
  })
  .superRefine((env, context) => {
    const clerkKeys = [env.CLERK_PUBLISHABLE_KEY, env.CLERK_SECRET_KEY].filter(Boolean).length
    if (clerkKeys === 1) {
      const path = env.CLERK_SECRET_KEY ? 'CLERK_PUBLISHABLE_KEY' : 'CLERK_SECRET_KEY'
      context.addIssue({
        code: 'custom',
        path: [path],
        message: 'is missing: set both Clerk keys, or neither for local accounts',
      })
    }
    if (clerkKeys > 0 && env.IDENTITY === 'local') {
      context.addIssue({
        code: 'custom',
        path: ['IDENTITY'],
        message: 'is local although Clerk keys are set: keep one of the two',
      })
    }
    if (clerkKeys === 0 && env.IDENTITY !== 'local' && !LOOPBACK.includes(env.HOST)) {
      context.addIssue({
        code: 'custom',
        path: ['HOST'],
        message: `is ${env.HOST}, which others can reach, with local accounts meant for one machine: set Clerk keys, or IDENTITY=local if this is wanted`,
      })
    }
    if (env.MODEL_PROVIDER && !env.MODEL) {
      context.addIssue({
        code: 'custom',
        path: ['MODEL'],
        message: 'is missing: name the model that MODEL_PROVIDER should use',
      })
    }
    if (env.MODEL_PROVIDER === 'openai-compatible' && !env.MODEL_BASE_URL) {
      context.addIssue({
        code: 'custom',
        path: ['MODEL_BASE_URL'],
        message: 'is missing: an OpenAI-compatible server needs its address',
      })
    }
  })

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
export function readConfig(variables: Record<string, string | undefined>) {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(set)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  }
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
    /** How much is put before a model at once, in tokens. */
    contextTokens: env.MODEL_CONTEXT_TOKENS,
  }
}
