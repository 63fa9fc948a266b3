import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BROWSER_HOME } from './chromium.ts'

/** The package's own file names folders of its maker's machines; without a font Chromium dies at the first letter. */
const FONTS_BESIDE_IT = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

/** Unpacks the browser that came by npm. */
export default function setup() {
  if (process.platform === 'linux') unpackBrowser()
}

/**
 * The package unpacks into the system's temporary folder and takes whatever lies there for whole, so two first starts
 * at once collide: it unpacks into a folder of its own here, which is then moved into place in one step.
 */
function unpackBrowser() {
  if (existsSync(BROWSER_HOME)) return
  const parent = resolve(BROWSER_HOME, '..')
  mkdirSync(parent, { recursive: true })
  const fresh = mkdtempSync(join(parent, 'unpacking-'))
  execFileSync(process.execPath, ['-e', "import('@sparticuz/chromium').then((it) => it.default.executablePath())"], {
    // This environment makes the package unpack the libraries that a bare machine lacks, NSS among them.
    env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  writeFileSync(join(fresh, 'fonts', 'fonts.conf'), FONTS_BESIDE_IT)
  try {
    renameSync(fresh, BROWSER_HOME)
  } catch {
    rmSync(fresh, { recursive: true, force: true })
  }
}
