import { isIP } from 'node:net'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '#server/config.ts'
import { issuerOf } from '#server/identity/issuer.ts'
import type { PublicConfig } from '#shared/session.ts'

const CLERK_HOSTS = ['https://img.clerk.com', 'https://challenges.cloudflare.com']

/** Response headers: Content-Security-Policy above all. With Clerk's cloud, its hosts are let in and nobody else's. */
export function securityHeaders(publicConfig: PublicConfig, development: boolean): RequestHandler {
  const clerk = publicConfig.identity === 'clerk' ? [issuerOf(publicConfig.publishableKey), ...CLERK_HOSTS] : []
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Vite's development client is an inline script.
        scriptSrc: ["'self'", ...(development ? ["'unsafe-inline'"] : []), ...clerk],
        // Overlays are placed by style attributes, and sonner brings its sheet along.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', ...clerk],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...(development ? ['ws:'] : []), ...clerk],
        // clerk-js runs its timers in a worker made from a blob.
        workerSrc: ["'self'", 'blob:'],
        frameSrc: clerk.length > 0 ? clerk : ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Whether Moneta is behind https is its proxy's to say.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })
}

/**
 * Refuses requests for a name that is not ours (DNS rebinding) and writes that another site's page sends (forged
 * requests). An address in digits cannot be rebound, so it always passes.
 */
export function sameSiteOnly({ host, allowedHosts }: Pick<Config, 'host' | 'allowedHosts'>): RequestHandler {
  const names = new Set(['localhost', host, ...allowedHosts])
  return (req, res, next) => {
    const name = hostname(`http://${req.headers.host}`)
    if (!name || !(names.has(name) || isIP(name.replace(/^\[|\]$/g, '')))) {
      res.status(421).json({ message: `This server does not answer for "${name}": add the name to ALLOWED_HOSTS.` })
      return
    }
    const { origin } = req.headers
    if (origin && req.method !== 'GET' && req.method !== 'HEAD' && hostWithPort(origin) !== req.headers.host) {
      res.status(403).json({ message: 'Another site sent this request: open Moneta at its own address.' })
      return
    }
    next()
  }
}

function hostname(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null
}

function hostWithPort(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}
