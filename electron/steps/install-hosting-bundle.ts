import { SetupError } from '../contract/problem.ts'
import { lookAtModule } from '../iis/module.ts'
import { installedRuntimes, runtimeFits } from '../iis/runtimes.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { bundleCommand, lookAtBundle, runBundle, type BundleAction } from '../windows/bundle.ts'
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
    // What others may use by now is not uninstalled again where the runtime was there before.
    if (!has && module.state === 'missing') await context.willUndo({ file })
    // A bundle that came before IIS has to be repaired. Where only its runtime came, by another installer, there is
    // nothing to repair; which of the two it is shows when the first try has left IIS without the module.
    const ways: readonly BundleAction[] =
      has && module.state !== 'ready' ? ['repair', 'install'] : ['install', 'repair']
    for (const [at, way] of ways.entries()) {
      context.progress(
        at === 0 ? 0.1 : 0.6,
        `${way === 'repair' ? 'repairing' : 'installing'} ASP.NET Core ${version}`,
      )
      const { restartNeeded } = await runBundle(machine, bundle, way)
      context.progress(at === 0 ? 0.5 : 0.9, 'restarting IIS')
      await restartIis(machine)
      const done = `The bundle is ${way === 'repair' ? 'repaired' : 'installed'}`
      if (restartNeeded) return `${done}; Windows asks for a restart.`
      if ((await lookAtModule(machine)).state === 'ready') return `${done}, and IIS is restarted.`
    }
    return 'The bundle is installed and repaired.'
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
