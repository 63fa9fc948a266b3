import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Deps } from '#server/context.ts'

export interface SigningKey {
  kid: string
  privateKey: KeyObject
  /** PEM, SPKI. */
  publicKey: string
}

/** Every installation's first key bears this name, so that of several processes that make one only one can keep it. */
const FIRST_KID = 'local_1'

const generate = promisify(generateKeyPair)

/** The RSA key that signs tokens, made at the first start and shared by every process on the database. */
export async function openSigningKey({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<SigningKey> {
  const { localSigningKey } = db.prisma
  const newest = () => localSigningKey.findFirst({ orderBy: { createdAt: 'desc' } })
  let kept = await newest()
  if (!kept) {
    const pair = await generate('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const made = { kid: FIRST_KID, ...pair, createdAt: new Date(clock.now()) }
    await localSigningKey.createMany({ data: [made], skipDuplicates: true })
    kept = await localSigningKey.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
  }
  return { kid: kept.kid, privateKey: createPrivateKey(kept.privateKey), publicKey: kept.publicKey }
}
