import { describe, expect, it } from 'vitest'
import { Secret } from '../../../electron/secrets/secret.ts'
import { lookAtAccount } from '../../../electron/windows/account.ts'
import { scriptedPowerShell } from './support/scripted-powershell.ts'

const DOMAIN_SID = 'S-1-5-21-1-2-3-1104'
const password = new Secret('wörd "1"')

async function look(answer: Readonly<Record<string, unknown>>) {
  const { machine } = scriptedPowerShell(() => ({ answer: { computer: 'SRV1', logon: null, ...answer } }))
  return lookAtAccount(machine, { user: 'EXAMPLE\\svc', password })
}

it('is asked for with its password on standard input', async () => {
  const { machine, asked, commands } = scriptedPowerShell(() => ({ answer: { sid: null } }))
  await lookAtAccount(machine, { user: '.\\svc', password })
  await lookAtAccount(machine, { user: 'svc@example.com' })
  expect(asked).toEqual([
    { script: 'account', question: { user: '.\\svc', password: 'wörd "1"' } },
    { script: 'account', question: { user: 'svc@example.com', password: null } },
  ])
  expect(JSON.stringify(commands.map(({ args, env }) => ({ args, env })))).not.toContain('wörd')
})

it('is not known', async () => {
  expect(await look({ sid: null })).toBeUndefined()
})

it.each([
  [DOMAIN_SID, 'EXAMPLE\\svc', 'domain'],
  [DOMAIN_SID, 'srv1\\svc', 'local'],
  [DOMAIN_SID, 'EXAMPLE\\svc-identity$', 'gMSA'],
  [DOMAIN_SID, 'EXAMPLE\\SRV1$', 'computer'],
  ['S-1-5-18', 'NT-AUTORITÄT\\SYSTEM', 'built-in'],
  ['S-1-5-20', 'NT AUTHORITY\\NETWORK SERVICE', 'built-in'],
  ['S-1-5-32-544', 'VORDEFINIERT\\Administratoren', 'other'],
  ['S-1-5-82-1-2-3-4-5', 'IIS APPPOOL\\DefaultAppPool', 'other'],
])('%s, %s, is of the kind %s', async (sid, name, kind) => {
  expect(await look({ sid, name })).toEqual({ sid, name, kind })
})

describe('the password', () => {
  const tried = async (logon: unknown) => {
    const account = await look({ sid: DOMAIN_SID, name: 'EXAMPLE\\svc', logon })
    return { accepted: account?.passwordAccepted, trouble: account?.trouble }
  }

  it.each([
    ['right', 0, true],
    ['right, without the right to sign in over the network', 1385, true],
    ['wrong', 1326, false],
    ['not tried', null, undefined],
  ])('is %s', async (_, logon, accepted) => {
    expect(await tried(logon)).toEqual({ accepted, trouble: undefined })
  })

  it.each([
    [1327, true, /restriction/],
    [1330, true, /expired/],
    [1331, true, /disabled/],
    [1793, true, /expired/],
    [1907, true, /changed/],
    [1909, undefined, /locked/],
    [1311, undefined, /error 1311/],
  ])('with error %i was accepted: %s', async (logon, accepted, words) => {
    const { accepted: was, trouble } = await tried(logon)
    expect(was).toBe(accepted)
    expect(trouble).toMatch(words)
  })
})
