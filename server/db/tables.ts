import type { PoolClient } from 'pg'

export interface Column {
  name: string
  /** As PostgreSQL spells it in a cast: `timestamp(3) with time zone`, `text[]`, `"message_status"`. */
  type: string
}

export interface Table {
  name: string
  columns: Column[]
}

/** How many rows each table has, by its name; empty tables included. */
export type RowCounts = Record<string, number>

/** Every table of the application, each after those it refers to. */
export async function tablesInOrder(client: PoolClient): Promise<Table[]> {
  const { rows: columns } = await client.query<Column & { table: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname, a.attnum`,
  )
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select f.relname as from, t.relname as to
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and f.oid <> t.oid`,
  )
  const remaining = new Map<string, Table>()
  for (const { table, name, type } of columns) {
    const known = remaining.get(table) ?? { name: table, columns: [] }
    known.columns.push({ name, type })
    remaining.set(table, known)
  }
  const ordered: Table[] = []
  while (remaining.size > 0) {
    const ready = [...remaining.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && remaining.has(to)),
    )
    if (ready.length === 0) throw new Error(`These tables refer to each other: ${[...remaining.keys()].join(', ')}`)
    for (const table of ready) remaining.delete(table.name)
    ordered.push(...ready)
  }
  return ordered
}

export async function countRows(client: PoolClient): Promise<RowCounts> {
  const counts: RowCounts = {}
  for (const { name } of await tablesInOrder(client)) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${quoteName(name)}`)
    counts[name] = Number(rows[0]?.count)
  }
  return counts
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
