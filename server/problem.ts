type Code =
  | 'BAD_REQUEST'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE'

/** A refusal that is expected: one sentence for the reader that says what to do. The API answers it with `code`. */
export class Problem extends Error {
  readonly code: Code

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Problem'
    this.code = code
  }
}

/** For a conversation that is not there, was deleted, or is somebody else's: which of them is nobody's business. */
export function threadNotFound(): Problem {
  return new Problem('NOT_FOUND', 'This conversation does not exist, or it was deleted.')
}
