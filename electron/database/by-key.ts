/**
 * Rows by their key, in their order. Creatio makes a client for each of its applications: looking through all rows for
 * each of them would take minutes where there are many.
 */
export function byKey<Row extends { readonly key: number }>(
  rows: readonly Row[],
): (key: number) => readonly Row[] {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    const same = found.get(row.key)
    if (same) same.push(row)
    else found.set(row.key, [row])
  }
  return (key) => found.get(key) ?? []
}
