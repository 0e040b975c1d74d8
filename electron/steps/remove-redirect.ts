import { SetupError } from '../contract/problem.ts'
import { createRedirect, deleteRedirect, originOf, readRedirect, type RedirectSpec } from '../iis/redirect.ts'
import { readSite, startSite, stopSite } from '../iis/sites.ts'
import type { Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'

export interface RemoveRedirectInput {
  /** A site that an earlier setup made. */
  readonly name: string
}

interface RemoveRedirectUndo {
  readonly former: RedirectSpec
  readonly ran: boolean
}

/** Removes the redirecting website of an earlier setup: it would keep the port that plain http is given now. */
export const removeRedirect: Step<RemoveRedirectInput, RemoveRedirectUndo> = {
  kind: 'remove-redirect',

  inspect: ({ name }, { machine }) =>
    seenByAdministrator(async () =>
      (await readSite(machine, name))
        ? { state: 'differs', evidence: [`${name} is there, made by an earlier setup.`] }
        : { state: 'as-wanted', evidence: [`There is no website ${name}.`] },
    ),

  preview({ name }) {
    return { detail: name, commands: [`appcmd delete site "${name}"`] }
  },

  async apply({ name }, context) {
    const { machine } = context
    const found = await readRedirect(machine, name)
    if (found) {
      const { id, pool, folder, bindings, state } = found.site
      const former = { name, id, pool, folder, bindings, origin: originOf(found) }
      await context.willUndo({ former, ran: state === 'Started' })
    }
    await deleteRedirect(machine, name)
    return `The website ${name} is removed.`
  },

  async verify({ name }, { machine }) {
    if (!(await readSite(machine, name))) return 'read back, not there'
    throw new SetupError({
      code: 'iis.site-not-removed',
      what: `The website ${name} is still there.`,
      next: 'Remove it in IIS Manager; then try this step again.',
    })
  },

  async undo({ former }, { machine }) {
    if (!(await readSite(machine, former.name))) await createRedirect(machine, former)
    return `The website ${former.name} is there again.`
  },

  /** Only now: its port is free again. */
  async settle({ former, ran }, { machine }) {
    await (ran ? startSite(machine, former.name) : stopSite(machine, former.name))
    return `The website ${former.name} is ${ran ? 'started' : 'stopped'}, as it was.`
  },
}
