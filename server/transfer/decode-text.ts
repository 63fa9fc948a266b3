import { Problem } from '#server/problem.ts'

/**
 * Bytes as text: UTF-8, or UTF-16 where the file begins with its mark.
 *
 * @throws {Problem} BAD_REQUEST when they are no text.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    yield decode(decoder, chunk)
  }
  if (decoder) yield decode(decoder)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch (cause) {
    throw new Problem('BAD_REQUEST', 'This file is no text in UTF-8: export it again as JSON.', { cause })
  }
}
