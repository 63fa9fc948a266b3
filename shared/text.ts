import { z } from 'zod'

export { TEXT_LIMIT } from './limits.ts'

/** A uuid, as the client or the server made it. */
export const id = z.uuid('This id is not a uuid')

/**
 * Text as the database can hold it: PostgreSQL knows no NUL, and UTF-8 no lone surrogate, so both become U+FFFD
 * rather than cost the person the rest of what they wrote.
 */
export function text(limit: number, what: string) {
  return z
    .string()
    .max(limit, `${what} is longer than ${limit.toLocaleString('en')} characters: shorten it or send it in parts`)
    .transform((value) => value.toWellFormed().replaceAll('\0', '\uFFFD'))
    .refine((value) => value.trim() !== '', `${what} is empty: write something first`)
}
