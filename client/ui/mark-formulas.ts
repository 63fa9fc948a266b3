/** Private signs that no text has a meaning for: they tell a formula from code. */
const INLINE = '\uE000'
const DISPLAY = '\uE001'

/** Code, which is left alone; then `$$…$$` and `\[…\]`, then `\(…\)`, then `$…$` where the signs hug what they enclose. */
const PIECES =
  /(```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`)|\$\$([^`]+?)\$\$|\\\[([^`]+?)\\\]|\\\(([^`]+?)\\\)|(?<![\\$\w])\$(?![\s$])([^$\n`]+?)(?<![\s\\])\$(?![\d$])/g

/** Markdown with its TeX as code that `formulaIn` knows again, so that no star or backslash in it is taken for markup. */
export function markFormulas(text: string): string {
  if (!/\$|\\[[(]/.test(text)) return text
  return text.replace(PIECES, (whole, code, dollars, brackets, parentheses, dollar) => {
    if (code !== undefined) return whole
    const display: string | undefined = dollars ?? brackets
    const tex: string = (display ?? parentheses ?? dollar).replace(/\s+/g, ' ').trim()
    return `\`${display === undefined ? INLINE : DISPLAY}${tex}\``
  })
}

export interface Formula {
  tex: string
  display: boolean
}

/** The formula that a piece of code stands for; null when it is code. */
export function formulaIn(code: string): Formula | null {
  const display = code.startsWith(DISPLAY)
  return display || code.startsWith(INLINE) ? { tex: code.slice(1), display } : null
}
