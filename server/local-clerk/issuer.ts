import type { TokenIssuer } from '#server/identity/issuer.ts'
import type { Parts } from './parts.ts'
import { LOCAL_ISSUER } from './token.ts'

/** This installation as the one who vouches for people: tokens end on time, because one clock makes and checks them. */
export function localIssuer({ db, signingKey, ended }: Parts): TokenIssuer {
  return {
    issuer: LOCAL_ISSUER,
    expiryLeewayMs: 0,
    publicKey: async (kid) => (kid === signingKey.kid ? signingKey.publicKey : null),
    hasEnded: ended.has,
    async profile(subject) {
      const account = await db.prisma.localAccount.findUnique({ where: { id: subject } })
      return { email: account?.email ?? null, name: account?.firstName ?? null }
    },
  }
}
