import { Problem } from '#server/problem.ts'

/** Where a page ends: the keys it is ordered by, in the ordering's own order. Opaque to clients. */
export function encodeCursor(...keys: string[]): string {
  return Buffer.from(keys.join(' ')).toString('base64url')
}

/** @throws {Problem} BAD_REQUEST when no page of ours ended there. */
export function decodeCursor(cursor: string, pattern: RegExp): string[] {
  const keys = pattern.exec(Buffer.from(cursor, 'base64url').toString())
  if (!keys || keys.some((key) => key.endsWith('Z') && Number.isNaN(Date.parse(key))))
    throw new Problem('BAD_REQUEST', 'This page does not exist: start from the first one.')
  return keys.slice(1)
}

export const TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)`
export const ID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
