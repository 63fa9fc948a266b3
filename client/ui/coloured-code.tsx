import * as languages from '@speed-highlight/core/languages'
import { type ShjToken, tokenizeWith } from '@speed-highlight/core/tokenize'
import { useMemo } from 'react'

/** Beyond so many characters colours cost more than they tell. */
const LONGEST = 30_000

const aliases: Record<string, keyof typeof languages> = {
  javascript: 'js',
  jsx: 'js',
  mjs: 'js',
  typescript: 'ts',
  tsx: 'ts',
  python: 'py',
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  console: 'bash',
  yml: 'yaml',
  rust: 'rs',
  golang: 'go',
  dockerfile: 'docker',
  h: 'c',
  cpp: 'c',
  'c++': 'c',
  svg: 'xml',
  markdown: 'md',
  perl: 'pl',
  makefile: 'make',
  patch: 'diff',
  jsonc: 'json',
}

interface ColouredCodeProps {
  text: string
  /** As the Markdown names it; one that is not known stays in one colour. */
  language: string
}

export default function ColouredCode({ text, language }: ColouredCodeProps) {
  return useMemo(() => {
    const name = language.toLowerCase()
    const known = Object.entries(languages).find(([id]) => id === (aliases[name] ?? name))?.[1]
    if (!known || text.length > LONGEST) return text
    const pieces: [text: string, token: ShjToken | undefined][] = []
    tokenizeWith(text, known, (piece, token) => void pieces.push([piece, token]), { languages })
    return pieces.map(([piece, token], at) =>
      token ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is what stands at its place
        <span key={at} data-token={token}>
          {piece}
        </span>
      ) : (
        piece
      ),
    )
  }, [text, language])
}
