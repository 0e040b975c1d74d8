import type { Fix } from '../../../contract/check.ts'

/** The fix that installs or repairs the ASP.NET Core Hosting Bundle from a file the installer chooses. */
export function bundleFix(label: string): Fix {
  return {
    task: 'install-hosting-bundle',
    label,
    command: 'dotnet-hosting-8.x.x-win.exe /install /quiet /norestart',
    elevation: true,
    disturbs: 'IIS is restarted: every website of this server is away for a moment.',
    needsFile: true,
  }
}
