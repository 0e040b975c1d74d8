import type { Provider } from '../contract/database.ts'

/** Who is to get the rights that the service needs, and where. */
export interface GrantWish {
  readonly provider: Provider
  readonly database: string
  /** The login; with `windowsLogin` the account, such as `CONTOSO\IDSRV$`. */
  readonly user: string
  /** Where the service's tables are; left out: the provider's usual one, `public` or `dbo`. */
  readonly schema?: string
  /** SQL Server: the login is a Windows account. */
  readonly windowsLogin?: boolean
}
