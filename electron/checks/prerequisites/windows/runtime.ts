import { installedRuntimes, runtimeFits } from '../../../iis/runtimes.ts'
import { versionsOfCreatio } from '../../../iis/versions.ts'
import type { Check } from '../../check.ts'
import { bundleFix } from './bundle-fix.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const runtimeCheck: Check<PrerequisiteSubject> = {
  id: 'iis.runtime',
  title: '.NET runtime',
  why: 'The service is built for one version of ASP.NET Core, and ends with 500.31 where it is missing.',

  async look({ machine, source }) {
    const { runtime } = source
    const installed = await installedRuntimes(machine)
    const found = installed
      .filter(({ name }) => name === (runtime?.name ?? 'Microsoft.AspNetCore.App'))
      .map(({ version }) => version)
    const evidence = [
      ...(runtime ? [{ label: 'Needed', value: `${runtime.name} ${runtime.version}` }] : []),
      { label: 'Installed', value: found.join('\n') || 'none' },
    ]
    if (!runtime)
      return {
        status: 'warning',
        summary: 'The files do not say which runtime they need.',
        evidence,
        remedy: { text: 'Compare Creatio’s version with the manual’s list of runtimes.' },
      }
    const creatio = versionsOfCreatio(runtime.version)
    const belongs = creatio === undefined ? [] : [{ label: 'Belongs to', value: `Creatio ${creatio}` }]
    const fitting = runtimeFits(runtime, installed)
    if (fitting)
      return {
        status: 'passed',
        summary: `ASP.NET Core ${fitting.version} is installed.`,
        evidence: [...evidence, ...belongs],
      }
    return {
      status: 'failed',
      summary: `${runtime.name} ${runtime.version} is not installed.`,
      evidence: [...evidence, ...belongs],
      cause: 'A newer major version does not take its place.',
      remedy: {
        text: `Install the ASP.NET Core Hosting Bundle ${runtime.version.split('.').slice(0, 2).join('.')}.`,
      },
      fix: bundleFix('Install the Hosting Bundle…'),
    }
  },
}
