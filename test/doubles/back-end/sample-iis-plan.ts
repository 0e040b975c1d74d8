import type { PlanStep, PlanView } from '../../../electron/contract/plan.ts'
import { step } from './sample-plan.ts'

const target = 'C:\\IdentityService'

const poolStep: PlanStep = {
  ...step('pool', 'website', 'Create the application pool', 'IdentityService'),
  found: 'unknown',
  evidence: ['Only an administrator can list the application pools.'],
  commands: [
    'appcmd add apppool /name:IdentityService /managedRuntimeVersion: /managedPipelineMode:Integrated /autoStart:true',
    'appcmd set apppool IdentityService /processModel.identityType:ApplicationPoolIdentity /processModel.loadUserProfile:true /processModel.setProfileEnvironment:true /enable32BitAppOnWin64:false',
  ],
}

const siteStep: PlanStep = {
  ...step('site', 'website', 'Create the website', 'port 8443'),
  found: 'unknown',
  evidence: ['Only an administrator can list the sites.'],
  commands: [
    `appcmd add site /name:IdentityService /bindings:https/*:8443:identity.corp.example,http/*:8090:identity.corp.example /physicalPath:${target}`,
  ],
}

/** A plan for IIS, made without administrator rights. */
export const iisPlan: PlanView = {
  id: 'plan-iis',
  title: 'New installation',
  practice: false,
  elevation: 'asked',
  warnings: [],
  untouched: ['Website Default Web Site and 2 others', 'C:\\creatio, which is only read'],
  steps: [
    {
      ...step('extract', 'files', 'Extract the archive', '412 files'),
      evidence: [`${target} is not there yet`],
      notes: ['412 files, 118 MB, through a staging folder beside the target.'],
    },
    {
      ...step('rights', 'website', 'Grant the folder', 'read'),
      found: 'unknown',
      commands: [
        `icacls ${target} /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F "IIS AppPool\\IdentityService":(OI)(CI)RX`,
        `icacls ${target}\\logs /grant:r "IIS AppPool\\IdentityService":(OI)(CI)M`,
      ],
    },
    poolStep,
    siteStep,
    {
      ...step('binding', 'website', 'Bind the certificate', 'port 8443'),
      commands: [
        'netsh http add sslcert ipport=0.0.0.0:8443 certhash=5B2A09F1C4D7E88316A0B95D2F47C31E0D6A8842 appid={4dc3e181-e14b-4a21-b022-59fc669b0914} certstorename=MY',
      ],
    },
    {
      ...step('firewall', 'windows', 'Open the firewall', 'port 8443'),
      commands: [
        'netsh advfirewall firewall add rule name="Identity Service (IdentityService)" dir=in action=allow protocol=TCP localport=8443',
      ],
    },
    { ...step('answer', 'service', 'Wait for the service', 'at most 120 s') },
    { ...step('tables', 'database', 'Check the tables', 'read only'), found: 'as-wanted' },
  ],
}

/** The same plan once an administrator has looked. */
export const iisPlanRevealed: PlanView = {
  ...iisPlan,
  elevation: 'present',
  steps: iisPlan.steps.map((each): PlanStep => {
    if (each.id === 'pool')
      return {
        ...each,
        found: 'foreign',
        evidence: ['A pool IdentityService is there; the site “legacy” uses it.'],
      }
    if (each.id === 'site') return { ...each, found: 'absent', evidence: [] }
    return each.id === 'rights' ? { ...each, found: 'absent' } : each
  }),
}

export const iisScript = String.raw`#Requires -RunAsAdministrator
# Identity Service on APP01, plan of 21 November 2026.
# Prompts for secrets when it runs. None is stored in it.
$ErrorActionPreference = 'Stop'
$target   = 'C:\IdentityService'
$password = Read-Host 'Database password' -AsSecureString
$secret   = Read-Host 'Client secret' -AsSecureString

# 1  Extract the archive
Expand-Archive -LiteralPath 'D:\creatio-8.3.2\IdentityService.zip' -DestinationPath $target

# 2  Grant the folder
icacls $target /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' 'IIS AppPool\IdentityService:(OI)(CI)RX'

# 3  Create the application pool
$appcmd = "$env:windir\System32\inetsrv\appcmd.exe"
& $appcmd add apppool /name:IdentityService /managedRuntimeVersion: /managedPipelineMode:Integrated
if ($LASTEXITCODE -ne 0) { throw "appcmd ended with $LASTEXITCODE" }
`
