import { pino } from 'pino'
import type { Config } from './config.ts'

/** Structured lines on standard output. Nothing a person wrote, and no credential, is ever handed to it. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

export function createLog(level: Config['logLevel']): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

/** What may be said of an error in a log: its kind and where it arose, never its message, which may quote a person. */
export function faultOf(error: unknown): { name: string; code?: unknown; at: string[]; cause?: unknown } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    code: 'code' in error ? error.code : undefined,
    at: at.slice(0, 12).map((line) => line.trim()),
    cause: error.cause === undefined ? undefined : faultOf(error.cause),
  }
}
