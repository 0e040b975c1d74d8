import type { GrantWish } from '../grants.ts'

export function postgresGrants({ database }: GrantWish): string {
  return `-- ${database}\n`
}
