import { startResponder, type Responder, type ResponderOptions } from '../server.ts'
import { clientRows } from './client-rows.ts'
import { reading, testing } from './looking.ts'
import { newDatabase } from './new-database.ts'
import type { IdentityState } from './state.ts'

/** A responder that knows the statements of the product, over this state. */
export function startIdentityResponder(
  state: IdentityState,
  options: Partial<ResponderOptions<IdentityState>> = {},
): Promise<Responder<IdentityState>> {
  return startResponder({
    state,
    statements: [...testing, ...reading, ...newDatabase, ...clientRows],
    logins: (now) => now.logins,
    databases: (now) => now.databases,
    ...options,
  })
}
