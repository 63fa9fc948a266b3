/**
 * Prisma's and PostgreSQL's codes for "the database was not there": unreachable, timed out, connection closed, no
 * connection or transaction to be had in time; shutting down, starting up; refused and broken sockets.
 * https://www.prisma.io/docs/orm/reference/error-reference · https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const CODES = new Set(
  'P1001 P1002 P1008 P1017 P2024 P2028 57P01 57P02 57P03 08000 08003 08006 ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT'.split(
    ' ',
  ),
)

export const UNREACHABLE = 'The database cannot be reached at the moment. Nothing is lost: try again shortly.'

/** Whether a query failed because the database could not be reached: the same query may succeed in a while. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && CODES.has(String(error.code))) return true
  return (
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message) || isUnreachable(error.cause)
  )
}
