import { SetupError } from '../contract/problem.ts'
import { printBinding } from '../iis/binding.ts'
import { siteTakeOverProblem } from '../iis/site.ts'
import { createSiteArguments, siteCommands, siteDiffers, type SiteSpec } from '../iis/site-spec.ts'
import {
  changeSite,
  createSite,
  deleteSite,
  exportSite,
  readSite,
  restoreSite,
  startSite,
  type FormerSite,
} from '../iis/sites.ts'
import type { Machine } from '../machine/machine.ts'
import { check, command } from '../setup/script-parts.ts'
import type { Found, Step } from '../setup/step.ts'
import { programBelowWindows } from '../windows/tool.ts'
import { seenByAdministrator } from './administrator-view.ts'

export interface SiteInput {
  readonly spec: SiteSpec
  /** An earlier setup made it, or the installer has confirmed by name that it may be changed. */
  readonly mayChange: boolean
}

interface SiteUndo {
  readonly name: string
  /** The site as it was; missing when there was none. */
  readonly former?: FormerSite
}

/** The website: its folder, its application pool, its bindings. */
export const configureSite: Step<SiteInput, SiteUndo> = {
  kind: 'configure-site',

  inspect: ({ spec, mayChange }, { machine }) => seenByAdministrator(() => look(machine, spec, mayChange)),

  preview({ spec }) {
    return { detail: spec.bindings.map(printBinding).join(', '), commands: siteCommands(spec) }
  },

  async apply({ spec }, context) {
    const { machine } = context
    const former = await exportSite(machine, spec.name)
    await context.willUndo({ name: spec.name, ...(former ? { former } : {}) })
    if (former) await changeSite(machine, spec)
    else await createSite(machine, spec)
    return `The website ${spec.name} is ${former ? 'changed' : 'added'}.`
  },

  async verify({ spec }, { machine }) {
    const site = await readSite(machine, spec.name)
    const differences = site ? siteDiffers(site, spec) : ['It is not there.']
    if (differences.length === 0) return `read back, ${spec.bindings.map(printBinding).join(', ')}`
    throw new SetupError({
      code: 'iis.site-not-as-wanted',
      what: `The website ${spec.name} is not as it was set up.`,
      next: 'Check whether another program changes it; then try this step again.',
      details: differences,
    })
  },

  async undo({ name, former }, { machine }) {
    if (former) await restoreSite(machine, former)
    else await deleteSite(machine, name)
    return former ? `The website ${name} is as it was.` : `The website ${name} is removed.`
  },

  /** Only now: what it serves is back in its place. */
  async settle({ name, former }, { machine }) {
    if (former?.state !== 'Started') return ''
    await startSite(machine, name)
    return `The website ${name} runs again.`
  },

  script: ({ spec }) => [
    check('Assert-NotInIis', { Kind: 'site', Name: spec.name }),
    ...createSiteArguments(spec).map((args) => command(programBelowWindows('appcmd'), args)),
  ],
}

async function look(machine: Machine, spec: SiteSpec, mayChange: boolean): Promise<Found> {
  const site = await readSite(machine, spec.name)
  if (!site) return { state: 'absent', evidence: [`There is no website ${spec.name} yet.`] }
  const differences = siteDiffers(site, spec)
  if (differences.length === 0)
    return { state: 'as-wanted', evidence: [`${spec.name} is there, with all settings as wanted.`] }
  const problem = siteTakeOverProblem(site)
  if (problem) return { state: 'foreign', evidence: [problem.cause ?? problem.what, problem.next] }
  return { state: mayChange ? 'differs' : 'foreign', evidence: differences }
}
