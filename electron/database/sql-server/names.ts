/**
 * A name as Transact-SQL takes it, whatever it holds, as QUOTENAME writes it.
 * https://learn.microsoft.com/sql/t-sql/functions/quotename-transact-sql
 */
export function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

/** A text as Transact-SQL takes it. */
export function literal(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`
}
