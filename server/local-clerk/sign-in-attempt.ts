import { z } from 'zod'

/** A sign-in that named who, and not yet the password. */
const attempt = z.object({ id: z.string(), identifier: z.string() })

export type SignInAttempt = z.infer<typeof attempt>

/** The unfinished sign-in that a client's row keeps. */
export function readAttempt(kept: unknown): SignInAttempt | null {
  return z.object({ signIn: attempt }).safeParse(kept).data?.signIn ?? null
}
