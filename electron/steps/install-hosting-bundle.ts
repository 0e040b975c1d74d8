import { SetupError } from '../contract/problem.ts'
import { lookAtModule } from '../iis/module.ts'
import { installedRuntimes, runtimeFits } from '../iis/runtimes.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { bundleCommand, lookAtBundle, runBundle } from '../windows/bundle.ts'
import { restartIis } from '../windows/services.ts'

export interface BundleInput {
  /** The installer that was chosen. */
  readonly file: string
  /** Of the runtime in it, such as `8.0.22`. */
  readonly version: string
}

interface BundleUndo {
  readonly file: string
}

/** Installs the ASP.NET Core Hosting Bundle, or repairs it where it came before IIS; then IIS is restarted. */
export const installHostingBundle: Step<BundleInput, BundleUndo> = {
  kind: 'install-hosting-bundle',

  async inspect({ version }, { machine }) {
    const [module, has] = await Promise.all([lookAtModule(machine), hasRuntime(machine, version)])
    if (module.state === 'ready' && has)
      return { state: 'as-wanted', evidence: [`ASP.NET Core ${version} and its module are installed.`] }
    const runtime = has ? [] : [`ASP.NET Core ${version} is not installed.`]
    return {
      state: module.state === 'missing' && !has ? 'absent' : 'differs',
      evidence: [...module.evidence, ...runtime],
    }
  },

  preview({ file, version }) {
    return {
      detail: version,
      commands: [bundleCommand(file, 'install'), 'net stop was /y', 'net start w3svc'],
      notes: ['Restarting IIS stops every website of this server for a moment.'],
    }
  },

  async apply({ file, version }, context) {
    const { machine } = context
    const bundle = await lookAtBundle(machine, file)
    const [module, has] = await Promise.all([lookAtModule(machine), hasRuntime(machine, version)])
    // A bundle that is there and came before IIS has to be repaired; installing it again would change nothing.
    const how = has && module.state !== 'ready' ? 'repair' : 'install'
    // What others may use by now is not uninstalled again where the bundle was there before.
    if (how === 'install' && module.state === 'missing') await context.willUndo({ file })
    context.progress(0.1, `${how === 'repair' ? 'repairing' : 'installing'} ASP.NET Core ${version}`)
    const { restartNeeded } = await runBundle(machine, bundle, how)
    context.progress(0.8, 'restarting IIS')
    await restartIis(machine)
    return restartNeeded
      ? `The bundle is ${how === 'repair' ? 'repaired' : 'installed'}; Windows asks for a restart.`
      : `The bundle is ${how === 'repair' ? 'repaired' : 'installed'}, and IIS is restarted.`
  },

  async verify({ file, version }, { machine }) {
    const [module, has] = await Promise.all([lookAtModule(machine), hasRuntime(machine, version)])
    if (module.state === 'ready' && has) return `module ${module.version ?? ''} is ready`.replace('  ', ' ')
    throw new SetupError({
      code: 'iis.module-not-ready',
      what: has
        ? 'The bundle is installed, and IIS still has no ASP.NET Core module.'
        : `ASP.NET Core ${version} is still not installed.`,
      where: { file },
      next: 'Read the log dd_DotNetCoreWinSvrHosting in the folder for temporary files; restart the server if Windows asks for it.',
      details: module.evidence,
    })
  },

  async undo({ file }, { machine }) {
    await runBundle(machine, await lookAtBundle(machine, file), 'uninstall')
    return 'The bundle is uninstalled.'
  },
}

/** Whether this version of ASP.NET Core is there, or a later one that takes its place. */
async function hasRuntime(machine: Machine, version: string): Promise<boolean> {
  const wanted = { name: 'Microsoft.AspNetCore.App', version }
  return runtimeFits(wanted, await installedRuntimes(machine)) !== undefined
}
