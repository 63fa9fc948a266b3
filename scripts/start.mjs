import { buildAll, isBuilt } from './build.mjs'

process.env.NODE_ENV = 'production'

if (!isBuilt()) {
  process.stdout.write('Building Moneta, once …\n')
  await buildAll()
}
await import('../dist/server/main.js')
