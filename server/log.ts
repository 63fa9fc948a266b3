import { pino } from 'pino'
import type { Config } from './config.ts'

/** Structured lines on standard output. Nothing a person wrote, and no credential, is ever handed to it. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

export function createLog(level: Config['logLevel']): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
