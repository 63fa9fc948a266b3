import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** log2 of scrypt's N. N = 2^16, r = 8, p = 2 costs 64 MiB a guess (OWASP Password Storage Cheat Sheet). */
const COST = 16
const BLOCK_SIZE = 8
const PARALLELISM = 2
const KEY_BYTES = 32
const HASH = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** A password hashed for keeping, as `$scrypt$ln=…,r=…,p=…$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await stretch(password, salt, COST, BLOCK_SIZE, PARALLELISM)
  return `$scrypt$ln=${COST},r=${BLOCK_SIZE},p=${PARALLELISM}$${unpadded(salt)}$${unpadded(key)}`
}

/** Whether the password is the one that was hashed. Without a hash it works as long, and answers no. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, cost, blockSize, parallelism, salt, key] = HASH.exec(hash ?? '') ?? []
  if (!salt || !key) {
    await hashPassword(password)
    return false
  }
  const guess = await stretch(
    password,
    Buffer.from(salt, 'base64'),
    Number(cost),
    Number(blockSize),
    Number(parallelism),
  )
  return timingSafeEqual(guess, Buffer.from(key, 'base64'))
}

/** NFKC first, so that one password typed on two keyboards is one password (NIST SP 800-63B, 3.1.1.2). */
function stretch(password: string, salt: Buffer, cost: number, r: number, p: number): Promise<Buffer> {
  const N = 2 ** cost
  return derive(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
