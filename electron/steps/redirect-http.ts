import { SetupError } from '../contract/problem.ts'
import {
  changeRedirect,
  createRedirect,
  createRedirectArguments,
  deleteRedirect,
  exportRedirect,
  readRedirect,
  redirectCommands,
  redirectDiffers,
  restoreRedirect,
  type FormerRedirect,
  type RedirectSpec,
} from '../iis/redirect.ts'
import { startSite } from '../iis/sites.ts'
import { call, check, command } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { programBelowWindows } from '../windows/tool.ts'
import { seenByAdministrator } from './administrator-view.ts'

export interface RedirectInput {
  readonly spec: RedirectSpec
  /** An earlier setup made it, or the installer has confirmed by name that it may be changed. */
  readonly mayChange: boolean
}

interface RedirectUndo {
  readonly name: string
  readonly former?: FormerRedirect
  /** The redirecting site's empty folder, where it had to be made. */
  readonly madeFolder?: string
}

/** A website of its own that sends plain http to HTTPS: the setting is one per site, and the service’s own would loop. */
export const redirectHttp: Step<RedirectInput, RedirectUndo> = {
  kind: 'redirect-http',

  inspect: ({ spec, mayChange }, { machine }) =>
    seenByAdministrator(async () => {
      const found = await readRedirect(machine, spec.name)
      if (!found) return { state: 'absent', evidence: [`There is no website ${spec.name} yet.`] }
      const differences = redirectDiffers(found, spec)
      if (differences.length === 0)
        return { state: 'as-wanted', evidence: [`${spec.name} redirects as wanted.`] }
      return { state: mayChange ? 'differs' : 'foreign', evidence: differences }
    }),

  preview({ spec }) {
    return { detail: spec.origin, commands: redirectCommands(spec) }
  },

  async apply({ spec }, context) {
    const { machine } = context
    const former = await exportRedirect(machine, spec.name)
    const made = (await machine.files.info(spec.folder)) === undefined
    await context.willUndo({
      name: spec.name,
      ...(former ? { former } : {}),
      ...(made ? { madeFolder: spec.folder } : {}),
    })
    await machine.files.makeFolder(spec.folder)
    if (former) await changeRedirect(machine, spec)
    else await createRedirect(machine, spec)
    return `${spec.name} redirects to ${spec.origin}.`
  },

  async verify({ spec }, { machine }) {
    const found = await readRedirect(machine, spec.name)
    const differences = found ? redirectDiffers(found, spec) : ['It is not there.']
    if (differences.length === 0) return 'read back'
    throw new SetupError({
      code: 'iis.redirect-not-as-wanted',
      what: `The website ${spec.name} does not redirect as it was set up.`,
      next: 'Check that the IIS feature “HTTP Redirection” is enabled; then try this step again.',
      details: differences,
    })
  },

  async undo({ name, former, madeFolder }, { machine }) {
    if (former) await restoreRedirect(machine, former)
    else await deleteRedirect(machine, name)
    if (madeFolder !== undefined && (await machine.files.list(madeFolder)).length === 0)
      await machine.files.remove(madeFolder)
    return former ? `The website ${name} is as it was.` : `The website ${name} is removed.`
  },

  /** Only now: the service it sends to is back. */
  async settle({ name, former }, { machine }) {
    if (former?.site.state !== 'Started') return ''
    await startSite(machine, name)
    return `The website ${name} runs again.`
  },

  script: ({ spec }) => [
    check('Assert-NotInIis', { Kind: 'site', Name: spec.name }),
    call('New-Folder', { Path: spec.folder }),
    ...createRedirectArguments(spec).map((args) => command(programBelowWindows('appcmd'), args)),
  ],
}
