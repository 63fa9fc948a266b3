import { APICallError, RetryError } from 'ai'
import { ModelFailure } from './model.ts'

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])

/** What OpenSSL and node say of a certificate or a handshake: ERR_TLS_…, ERR_SSL_…, CERT_…, … */
const INSECURE = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO)/

export const CUT_OFF = 'The answer was cut off: retry, or continue from here.'

export const UNREADABLE = 'The model’s server answered in a way that cannot be read: check MODEL_BASE_URL, then retry.'

/**
 * What a model's server did wrong, in one sentence that says what to do. Its own words are not repeated: they may quote
 * a part of the key.
 */
export function modelFailure(error: unknown, model: string): ModelFailure {
  if (error instanceof ModelFailure) return error
  if (RetryError.isInstance(error)) return modelFailure(error.lastError, model)
  return new ModelFailure(sentence(error, model), { cause: error })
}

function sentence(error: unknown, model: string): string {
  const refused = APICallError.isInstance(error) && refusal(error, model)
  if (refused) return refused
  if (codes(error).some((code) => INSECURE.test(code))) {
    return 'The model’s server cannot be reached securely: check its certificate and MODEL_BASE_URL, then retry.'
  }
  if (codes(error).some((code) => UNREACHABLE.has(code))) {
    return 'The model’s server cannot be reached: check that it runs and that MODEL_BASE_URL is right, then retry.'
  }
  if (error instanceof Error && /without a finish/.test(error.message)) return CUT_OFF
  if (isUnreadable(error)) return UNREADABLE
  return 'The connection to the model broke off: retry, or continue from here.'
}

function refusal({ statusCode: status = 0, responseBody: body = '', ...error }: APICallError, model: string) {
  if (status === 401 || status === 403) return 'The model’s server refused the key: check MODEL_API_KEY, then retry.'
  if (status === 404) return `The model’s server does not know ${model}: check MODEL and MODEL_BASE_URL, then retry.`
  if (status === 429) {
    return `The model is busy, or your quota with it is used up: ${patience(error.responseHeaders)}, then retry.`
  }
  if (status === 413 || /context|too long|max(imum)?[ _]tokens/i.test(body)) {
    return 'This is more than the model can read at once: shorten the message, or set a smaller MODEL_CONTEXT_TOKENS.'
  }
  if (status >= 500) return `The model’s server failed (${status}): retry in a moment.`
  if (status < 400) return null
  return `The model’s server refused the request (${status}): check the MODEL settings, then retry.`
}

/** In the words of Retry-After, where the server gives it in seconds. */
function patience(headers: Record<string, string> = {}): string {
  const seconds = Math.ceil(Number(headers['retry-after']))
  if (!(seconds > 0)) return 'wait a little'
  if (seconds === 1) return 'wait a second'
  return seconds <= 90 ? `wait ${seconds} seconds` : `wait ${Math.ceil(seconds / 60)} minutes`
}

function codes(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner = error instanceof AggregateError ? error.errors.flatMap(codes) : []
  return [...own, ...inner, ...codes(error.cause)]
}

function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return /JSONParse|TypeValidation|InvalidResponse|EmptyResponse/.test(error.name) || isUnreadable(error.cause)
}
