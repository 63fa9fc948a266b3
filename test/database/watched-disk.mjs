// Loaded before a program: counts each flush of a file to the disk in FLUSHES, a byte each, and lets it fail as a broken
// disk would while the file BROKEN exists.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { FLUSHES, BROKEN } = process.env
const { fsyncSync } = fs
fs.fsyncSync = (descriptor) => {
  if (BROKEN && fs.existsSync(BROKEN)) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
  fsyncSync(descriptor)
  if (FLUSHES) fs.appendFileSync(FLUSHES, '.')
}
syncBuiltinESMExports()
