import { createHash } from 'node:crypto'
import { userNamed } from '../../site/access.ts'
import type { SimulatedServer } from '../../tool.ts'
import { nameOfSid, sidOfName } from '../accounts.ts'
import { type Script, textIn } from './script.ts'

const LOGON_FAILURE = 1326

/** Finds an account by its name and, if there is a password, tries a network logon with it. */
export const account: Script = (question, server) => {
  const { state } = server
  const name = textIn(question, 'user').replace(/^\.\\/, `${state.system.name}\\`)
  const sid = userNamed(state, name)?.sid ?? sidOfName(state, name)
  if (sid === undefined) return { sid: null }
  const { password } = question
  return {
    sid,
    name: nameOfSid(state, sid),
    computer: state.system.name,
    logon: typeof password === 'string' ? logon(server, sid, password) : null,
  }
}

function logon({ state }: SimulatedServer, sid: string, password: string): number {
  const user = state.users.find((each) => each.sid === sid)
  const hash = createHash('sha256').update(password).digest('hex')
  return user?.passwordHash !== undefined && user.passwordHash === hash ? 0 : LOGON_FAILURE
}
