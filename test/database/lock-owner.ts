// Takes the lock of the directory it is given, says so, and waits to be killed.
import { lockDirectory } from '#server/db/lock.ts'
import { systemClock } from '#shared/clock.ts'

const [directory = ''] = process.argv.slice(2)
await lockDirectory({ directory, clock: systemClock, onLost: () => process.exit(1) })
process.send?.('locked')
