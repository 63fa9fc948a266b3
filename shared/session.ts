import { z } from 'zod'

/** Why a call was refused for want of a user. `revoked` only where the server knows sessions: the local identity. */
export type AuthReason = 'missing' | 'expired' | 'invalid' | 'revoked'

/**
 * The mark the auth middleware leaves on its refusal, in `error.data.auth`. It ran before any resolver, so an
 * operation that carries the mark did nothing and may be sent again.
 */
export interface AuthRefusal {
  reason: AuthReason
}

/** The signed-in person. Times are ISO-8601 UTC. */
export interface Me {
  id: string
  email: string | null
  name: string | null
  timeZone: string
  locale: string
  createdAt: string
}

/** What the page must know before anyone is signed in. */
export interface PublicConfig {
  identity: 'clerk' | 'local'
  publishableKey: string
  /** The language model that answers, or null for the recall-only default. */
  model: string | null
}

const timeZone = z.string().max(64).refine(isTimeZone, 'Use a time zone name such as Europe/Lisbon')
const locale = z.string().max(35).refine(isLocale, 'Use a language tag such as en or pt-BR')

export const deleteAccountInput = z.object({
  /** Typed by the person, for there is no way back. */
  confirm: z.literal('delete my account', 'Type "delete my account" to confirm'),
})

/** What became of an account: nothing of it is left here. */
export interface AccountDeleted {
  /** What is left elsewhere and how to remove it, in one sentence; null when that is nothing. */
  remains: string | null
}

export const settingsInput = z.object({ timeZone: timeZone.optional(), locale: locale.optional() })

export type Settings = z.infer<typeof settingsInput>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
