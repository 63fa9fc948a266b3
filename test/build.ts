import { buildAll, isBuilt } from '../scripts/build.mjs'

/** The tests of the page and of the process use what `npm start` would build. */
export default async function setup() {
  if (!isBuilt()) await buildAll()
}
