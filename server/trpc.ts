import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { AuthReason, AuthRefusal } from '#shared/session.ts'
import type { Context, UserContext } from './context.ts'
import { isUnreachable, UNREACHABLE } from './db/unreachable.ts'
import { Problem } from './problem.ts'

interface Meta {
  /** Completes "Please sign in to …". */
  signInTo?: string
}

/** Why the auth middleware refused, carried as the error's cause to the error formatter. */
class Refusal extends Error {
  readonly reason: AuthReason

  constructor(reason: AuthReason) {
    super(reason)
    this.reason = reason
  }
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error }) {
      const auth: AuthRefusal | null = error.cause instanceof Refusal ? { reason: error.cause.reason } : null
      const invalid = error.cause instanceof z.ZodError ? error.cause : null
      return {
        ...shape,
        message:
          invalid?.issues[0]?.message ??
          (error.code === 'INTERNAL_SERVER_ERROR' ? 'Something went wrong here; try again.' : shape.message),
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          auth,
          fields: invalid ? z.flattenError(invalid) : null,
        },
      }
    },
  })

export const router = t.router

export const publicProcedure = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok) throw answered(result.error.cause) ?? result.error
  return isAsyncIterable(result.data) ? { ...result, data: answering(result.data) } : result
})

/** A domain's refusal, or the database's absence, as the API answers it; null for anything else. */
function answered(cause: unknown): TRPCError | null {
  if (cause instanceof Problem) return new TRPCError({ code: cause.code, message: cause.message, cause })
  return isUnreachable(cause) ? new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: UNREACHABLE, cause }) : null
}

/** A stream refuses when it is read, long after the procedure returned. */
async function* answering<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  try {
    yield* events
  } catch (cause) {
    throw answered(cause) ?? cause
  }
}

function isAsyncIterable(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data
}

/**
 * A procedure that only a signed-in person can call: `ctx.user` is never empty in it.
 *
 * @throws UNAUTHORIZED with the reason in `data.auth` when no user exists; SERVICE_UNAVAILABLE when the token cannot be
 * checked at the moment, which says nothing about it.
 */
export const protectedProcedure = publicProcedure.use(({ ctx, meta, next }) => {
  const { deps, caller, signal } = ctx
  if (caller.state === 'unavailable') {
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: caller.problem })
  }
  if (caller.state === 'nobody') {
    throw new TRPCError({
      code: 'UNAUTHORIZED',
      message: `Authentication required. Please sign in to ${meta?.signInTo ?? 'go on'}.`,
      cause: new Refusal(caller.reason),
    })
  }
  const user: UserContext = { deps, user: caller.user, userId: caller.user.id, signal }
  return next({ ctx: user })
})
