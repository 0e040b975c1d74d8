import { describe, expect, it } from 'vitest'
import {
  addFirewallRule,
  findFirewallRule,
  firewallCommand,
  firewallRuleFits,
  removeFirewallRule,
} from '../../../electron/windows/firewall.ts'
import { readPowerShell } from './support/powershell-syntax.ts'
import { type Reply, scriptedPowerShell } from './support/scripted-powershell.ts'

const WANTED = { name: 'identity-service-8090', displayName: 'Identity Service', ports: [8090, 443] }
const found = (more = {}) => ({
  name: WANTED.name,
  displayName: WANTED.displayName,
  enabled: 'True',
  direction: 'Inbound',
  action: 'Allow',
  profile: 'Domain, Private',
  protocol: 'TCP',
  ports: ['8090', '443'],
  ...more,
})
const RULE = { ...found(), enabled: true }
const finding = (rule: unknown) =>
  findFirewallRule(scriptedPowerShell(() => ({ answer: { rule } })).machine, WANTED.name)

it('asks by name and action, with ports as texts', async () => {
  const { machine, asked } = scriptedPowerShell(({ question }) => ({
    answer: { rule: question['action'] === 'remove' ? null : found() },
  }))
  expect(await findFirewallRule(machine, WANTED.name)).toEqual(RULE)
  expect(await addFirewallRule(machine, WANTED)).toEqual(RULE)
  await removeFirewallRule(machine, WANTED.name)
  const { name, displayName } = WANTED
  expect(asked.map(({ script, question }) => ({ script, ...question }))).toEqual([
    { script: 'firewall', action: 'find', name },
    { script: 'firewall', action: 'add', name, displayName, ports: ['8090', '443'] },
    { script: 'firewall', action: 'remove', name },
  ])
})

describe('a rule', () => {
  it.each([null, undefined, {}])('is not there: %j', async (rule) => {
    expect(await finding(rule)).toBeUndefined()
  })

  it('may have one port, and not as a list', async () => {
    expect((await finding(found({ ports: '443' })))?.ports).toEqual(['443'])
  })

  it.each([
    ['as it is made', {}, true],
    ['with more ports', { ports: ['443', '8090', '8091-8099'] }, true],
    ['with a port less', { ports: ['443'] }, false],
    ['switched off', { enabled: 'False' }, false],
    ['that blocks', { action: 'Block' }, false],
    ['for the other direction', { direction: 'Outbound' }, false],
    ['for UDP', { protocol: 'UDP' }, false],
  ])('%s fits: %s', async (_, more, fits) => {
    expect(firewallRuleFits((await finding(found(more)))!, WANTED)).toBe(fits)
  })
})

describe('a refusal', () => {
  const denied: Reply = {
    failed: { type: 'Microsoft.Management.Infrastructure.CimException', message: 'Zugriff verweigert' },
  }

  it.each([
    ['looked at', (reply: Reply) => findFirewallRule(scriptedPowerShell(() => reply).machine, 'a')],
    ['added', (reply: Reply) => addFirewallRule(scriptedPowerShell(() => reply).machine, WANTED)],
    ['removed', (reply: Reply) => removeFirewallRule(scriptedPowerShell(() => reply).machine, 'a')],
  ])('says that the rule was not %s', async (word, ask) => {
    await expect(ask(denied)).rejects.toMatchObject({
      problem: {
        code: 'firewall.refused',
        what: expect.stringContaining(`was not ${word}`) as string,
        details: ['Microsoft.Management.Infrastructure.CimException: Zugriff verweigert'],
      },
    })
  })

  it('is noticed although no command said so', async () => {
    const gone = scriptedPowerShell(() => ({ answer: { rule: null } })).machine
    await expect(addFirewallRule(gone, WANTED)).rejects.toMatchObject({
      problem: { code: 'firewall.refused' },
    })
    const stays = scriptedPowerShell(() => ({ answer: { rule: found() } })).machine
    await expect(removeFirewallRule(stays, 'a')).rejects.toMatchObject({
      problem: { code: 'firewall.refused' },
    })
  })

  it('of a policy for scripts stays what it is', async () => {
    const { machine } = scriptedPowerShell(() => ({ stdout: '{"refused":"ConstrainedLanguage"}' }))
    await expect(addFirewallRule(machine, WANTED)).rejects.toMatchObject({
      problem: { code: 'powershell.constrained' },
    })
  })

  it.each(['*', 'a?', '[a]b', 'a`b'])(
    'comes before PowerShell takes the name %s for a pattern',
    async (name) => {
      const { machine, asked } = scriptedPowerShell(() => ({ answer: { rule: null } }))
      await expect(removeFirewallRule(machine, name)).rejects.toMatchObject({
        problem: { code: 'firewall.name' },
      })
      expect(asked).toEqual([])
    },
  )
})

it('is shown as a command that PowerShell would take', async () => {
  const command = firewallCommand({ ...WANTED, displayName: "Creatio's service" })
  expect(command).toBe(
    "New-NetFirewallRule -Name 'identity-service-8090' -DisplayName 'Creatio''s service' -Direction Inbound -Action Allow -Protocol TCP -LocalPort 8090, 443 -Profile 'Domain', 'Private'",
  )
  expect((await readPowerShell(command)).errors).toEqual([])
})
