import type { GrantWish } from '../grants.ts'

/** The script of {@link grantScript} for SQL Server. */
export function mssqlGrants({ database }: GrantWish): string {
  return `-- ${database}\n`
}
