import { SetupError } from '../contract/problem.ts'
import { call, check } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import {
  addFirewallRule,
  findFirewallRule,
  firewallCommand,
  firewallRuleFits,
  removeFirewallRule,
  type WantedRule,
} from '../windows/firewall.ts'

interface FirewallUndo {
  readonly name: string
  /** What the rule was that was made new. Only this program gives rules such names. */
  readonly former?: WantedRule
}

/** A rule of Windows Firewall that lets domain and private networks in. */
export const openFirewall: Step<WantedRule, FirewallUndo> = {
  kind: 'open-firewall',

  async inspect(input, { machine }) {
    const rule = await findFirewallRule(machine, input.name)
    if (!rule) return { state: 'absent', evidence: ['There is no such rule yet.'] }
    return firewallRuleFits(rule, input)
      ? { state: 'as-wanted', evidence: [`The rule lets port ${input.ports.join(' and ')} in.`] }
      : { state: 'differs', evidence: [`The rule is for port ${rule.ports.join(' and ')}.`] }
  },

  preview(input) {
    return {
      detail: `TCP ${input.ports.join(', ')}`,
      commands: [firewallCommand(input)],
      notes: ['Public networks stay closed.'],
    }
  },

  async apply(input, context) {
    const { machine } = context
    const { name, displayName, ports } = input
    const found = await findFirewallRule(machine, name)
    const former = found && { name, displayName, ports: found.ports.map(Number) }
    await context.willUndo({ name, ...(former ? { former } : {}) })
    if (found) await removeFirewallRule(machine, name)
    await addFirewallRule(machine, input)
    return `Windows Firewall lets port ${ports.join(' and ')} in.`
  },

  async verify(input, { machine }) {
    const rule = await findFirewallRule(machine, input.name)
    if (rule && firewallRuleFits(rule, input)) return 'read back'
    throw new SetupError({
      code: 'windows.firewall-not-as-wanted',
      what: 'The firewall rule is not as it was added.',
      next: 'Check whether a group policy manages the firewall; then try this step again, or go on without the rule.',
    })
  },

  async undo({ name, former }, { machine }) {
    await removeFirewallRule(machine, name)
    if (former) await addFirewallRule(machine, former)
    return former ? 'The firewall rule is as it was.' : 'The firewall rule is removed.'
  },

  script: ({ name, displayName, ports }) => [
    check('Assert-NoFirewallRule', { Name: name }),
    call('Add-FirewallRule', { Name: name, DisplayName: displayName, Ports: ports.map(String) }),
  ],
}
