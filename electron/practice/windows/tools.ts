import type { SimulatedTool } from './tool.ts'
import { appcmd } from './tools/appcmd/appcmd.ts'
import { certutil } from './tools/certutil.ts'
import { dism } from './tools/dism.ts'
import { fltmc } from './tools/fltmc.ts'
import { hostingBundle } from './tools/hosting-bundle.ts'
import { icacls } from './tools/icacls.ts'
import { net } from './tools/net.ts'
import { netsh } from './tools/netsh.ts'
import { netstat } from './tools/netstat.ts'
import { powershell } from './tools/powershell.ts'
import { reg } from './tools/reg.ts'
import { sc } from './tools/sc.ts'
import { secedit } from './tools/secedit.ts'
import { subst } from './tools/subst.ts'
import { tasklist } from './tools/tasklist.ts'
import { wevtutil } from './tools/wevtutil.ts'
import { whoami } from './tools/whoami.ts'

/** Programs by file name without `.exe`, lower case. */
const TOOLS: Readonly<Record<string, SimulatedTool>> = {
  appcmd,
  certutil,
  dism,
  'dotnet-hosting': hostingBundle,
  fltmc,
  icacls,
  net,
  netsh,
  netstat,
  powershell,
  reg,
  sc,
  secedit,
  subst,
  tasklist,
  wevtutil,
  whoami,
}

/** The program of this name, or undefined when the simulation has none. */
export function toolNamed(name: string): SimulatedTool | undefined {
  return TOOLS[name]
}
