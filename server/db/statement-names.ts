import { createHash } from 'node:crypto'

/** More texts of statements than the server has; lists of values written into a statement could make any number. */
const MOST = 500

export type StatementNames = (query: { sql: string }) => string

/**
 * Names for statements, by their text: a named one is parsed once for each connection, and planned no more often than
 * pays. Planning a search took longer than running it. The first so many texts get one; others are prepared each time.
 */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known) return known
    if (names.size >= MOST) return ''
    const name = `moneta_${createHash('sha256').update(sql).digest('base64url').slice(0, 24)}`
    names.set(sql, name)
    return name
  }
}
