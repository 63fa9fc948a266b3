/** An estimate that needs no tokenizer: English takes about four bytes a token, and other scripts not many fewer. */
export function tokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4) + 4
}

/** The first of `items` that fit into `budget` tokens together; at least `least` of them, fit or not. */
export function fitting<Item extends { text: string }>(items: Item[], budget: number, least = 0): Item[] {
  let left = budget
  const end = items.findIndex(({ text }, index) => {
    left -= tokens(text)
    return left < 0 && index >= least
  })
  return end < 0 ? items : items.slice(0, end)
}
