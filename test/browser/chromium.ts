import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Where the browser is unpacked: its version is in the name. */
export const BROWSER_HOME = resolve('node_modules/.cache/chromium-147')

/** Starts Chromium: the one that arrived by npm, or the system's Chrome where npm brings none. */
export function launchBrowser(): Promise<Browser> {
  // Never the package's own arguments: they switch web security off. clerk-js takes an automated browser for offline.
  const args = ['--no-sandbox', '--disable-blink-features=AutomationControlled']
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args })
  return chromium.launch({
    executablePath: join(BROWSER_HOME, 'chromium'),
    args: [...args, '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(BROWSER_HOME, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: join(BROWSER_HOME, 'fonts'),
    },
  })
}
