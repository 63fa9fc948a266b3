import { execFileSync } from 'node:child_process'
import { setFlagsFromString } from 'node:v8'
import { isBuilt } from './build.mjs'

process.env.NODE_ENV = 'production'

// How far the heap grows beyond what is in use before it is swept, in percent: left alone, fourfold. In a large import
// that was 130 MB of garbage; sweeping sooner took no more of the processor.
setFlagsFromString('--heap-growing-percent=50')

if (!isBuilt()) {
  process.stdout.write('Building Moneta, once …\n')
  // In a process of its own: what a build takes in memory would stay with the server for good.
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
// By its address, so that the type checker does not read what was built.
await import(new URL('../dist/server/main.js', import.meta.url).href)
