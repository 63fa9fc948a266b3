/** Holds the place of what is no prose, and of itself. */
const HELD = '\uE000'

/**
 * Code, fenced or within a line, and formulas: their signs stand for themselves. Here and below, whatever is between two
 * signs holds neither of them, so that a megabyte of signs is read once, not once for each.
 */
const LITERAL =
  /^[ \t]*(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)(?:^[ \t]*\1[^\n]*$|(?![\s\S]))|(?<!`)(`{1,3})(?!`)([^`\n]+)\3(?!`)|\$\$[^$]+\$\$|\\\[(?:(?!\\[[\]])[\s\S])+\\\]|\\\((?:(?!\\[()])[^\n])+\\\)|\uE000/gm

/** A line across, under a title, or under the head of a table. */
const RULE = /^[ \t|:*_=-]+$/gm
const LIST_OR_TITLE = /^(?:[ \t]*>)*[ \t]*(?:#{1,6}|[-*+])[ \t]+/gm
const QUOTE = /^(?:[ \t]*>)+[ \t]?/gm
const TABLE_ROW = /^[ \t]*\|(.*)\|[ \t]*$/gm
const LINK = /!?\[([^[\]\n]*)\]\(([^()\s\uE000]*(?:\([^()\s\uE000]*\)[^()\s\uE000]*)*)(?:[ \t]+"[^"\n\uE000]*")?\)/g
const ADDRESS = /<((?:https?:\/\/|mailto:)[^<>\s]+)>/g
const STRONG = /(?<![\\A-Za-z0-9])(\*\*|__|~~)(?=\S)((?:(?!\1)[^\n])+)(?<=[^\s\\])\1/g
const STARRED = /(?<![\p{L}\p{N}\\*])\*(?=[^\s*])([^\n*]+)(?<=[^\s\\])\*(?![\p{L}\p{N}*])/gu
const UNDERLINED =
  /(?<![\p{L}\p{N}\\_])_(?=[^\s_])((?:[^\n_]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))+)(?<=[^\s\\])_(?![\p{L}\p{N}_])/gu
const ESCAPED = /\\([!-/:-@[-`{-~])/g

/**
 * Markdown as it is read: without its marks, on the lines it had. Signs that mark nothing stay, as in snake_case, 2*3*4
 * and code; of a link that has a name, the address goes.
 */
export function plain(markdown: string): string {
  const held: string[] = []
  const prose = markdown
    .replace(LITERAL, (whole: string, _fence, block?: string, _ticks?: string, code?: string) => {
      held.push(block ?? code ?? whole)
      return HELD
    })
    .replace(RULE, (line) => (/---|===|\*\*\*|___/.test(line.replace(/[ \t]/g, '')) ? '' : line))
    .replace(LIST_OR_TITLE, '')
    .replace(QUOTE, '')
    .replace(TABLE_ROW, (_, cells: string) =>
      cells
        .split('|')
        .map((cell) => cell.trim())
        .join(' · '),
    )
    .replace(LINK, (_, name: string, address: string) => name || address)
    .replace(ADDRESS, '$1')
    .replace(STRONG, '$2')
    .replace(STARRED, '$1')
    .replace(UNDERLINED, '$1')
    .replace(ESCAPED, '$1')
  let next = 0
  return prose.replaceAll(HELD, () => held[next++] ?? '')
}
