import type { LocalAccount } from '#server/db/generated/client.ts'
import type { Client } from './client.ts'
import type { Parts } from './parts.ts'
import { abandonAt, type Session } from './session.ts'
import { mintToken } from './token.ts'

/** Clerk's resources as its Frontend API writes them: snake_case, times in milliseconds since the epoch. */
export async function clientShape(parts: Parts, client: Client, origin: string) {
  return {
    object: 'client',
    id: client.id,
    sessions: await Promise.all(client.sessions.map((session) => sessionShape(parts, session, origin))),
    sign_in: client.signIn ? signInShape(client.signIn, null) : null,
    sign_up: null,
    last_active_session_id: client.sessions[0]?.id ?? null,
    last_authentication_strategy: 'password',
    cookie_expires_at: null,
    created_at: client.createdAt,
    updated_at: client.rotatedAt,
  }
}

/** `last_active_token` is not optional: without it clerk-js takes the session for broken. */
export async function sessionShape(parts: Parts, session: Session, origin: string) {
  const { account } = session
  return {
    object: 'session',
    id: session.id,
    status: 'active',
    expire_at: session.expireAt.getTime(),
    abandon_at: abandonAt(parts, session),
    last_active_at: session.lastActiveAt.getTime(),
    last_active_token: await mintToken(parts, session, origin),
    last_active_organization_id: null,
    actor: null,
    tasks: null,
    factor_verification_age: null,
    user: userShape(account),
    public_user_data: {
      user_id: account.id,
      identifier: account.email,
      first_name: account.firstName,
      last_name: null,
      image_url: '',
      has_image: false,
    },
    created_at: session.createdAt.getTime(),
    updated_at: session.lastActiveAt.getTime(),
  }
}

function userShape(account: LocalAccount) {
  const emailId = `idn_${account.id}`
  return {
    object: 'user',
    id: account.id,
    first_name: account.firstName,
    last_name: null,
    image_url: '',
    has_image: false,
    password_enabled: true,
    primary_email_address_id: emailId,
    email_addresses: [
      { object: 'email_address', id: emailId, email_address: account.email, verification: null, linked_to: [] },
    ],
    created_at: account.createdAt.getTime(),
    updated_at: account.createdAt.getTime(),
  }
}

/** Complete when it has made a session; before, it waits for the password, whoever was named. */
export function signInShape(signIn: { id: string; identifier: string }, session: Session | null) {
  return {
    object: 'sign_in',
    id: signIn.id,
    status: session ? 'complete' : 'needs_first_factor',
    identifier: signIn.identifier,
    supported_identifiers: ['email_address'],
    supported_first_factors: [{ strategy: 'password' }],
    supported_second_factors: null,
    first_factor_verification: null,
    second_factor_verification: null,
    user_data: null,
    created_session_id: session?.id ?? null,
  }
}

export function signUpShape(id: string, session: Session) {
  return {
    object: 'sign_up',
    id,
    status: 'complete',
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name'],
    missing_fields: [],
    unverified_fields: [],
    email_address: session.account.email,
    first_name: session.account.firstName,
    has_password: true,
    verifications: null,
    created_session_id: session.id,
    created_user_id: session.accountId,
  }
}
