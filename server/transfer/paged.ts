/** How many rows are read at once. */
export const AT_ONCE = 500

/** Rows in the order of their ids, a page at a time. */
export async function* paged<Row extends { id: string }>(
  read: (after: { id?: { gt: string } }) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let last: string | undefined
  do {
    const page = await read(last ? { id: { gt: last } } : {})
    yield* page
    last = page.length < AT_ONCE ? undefined : page.at(-1)?.id
  } while (last)
}
