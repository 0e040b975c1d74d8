import type { Answers, SetupAnswers } from '../../electron/contract/answers.ts'

export type ScenarioId = SetupAnswers['scenario']
export type Hosting = Answers['hosting']

/** What the service runs in: two pages for one place in the step list. */
export const hostSteps = { iis: 'website', docker: 'container' } as const satisfies Record<Hosting, string>

/** Every page of a step list; several scenarios may have the same one. */
export type StepId =
  | 'files'
  | 'hosting'
  | 'prerequisites'
  | 'database'
  | 'client'
  | 'replacement'
  | 'client-service'
  | 'new-client'
  | 'certificate'
  | (typeof hostSteps)[Hosting]
  | 'logging'
  | 'restart'
  | 'review'
  | 'install'
  | 'proof'
  | 'connect'
  | 'finish'

export type Phase = 'prepare' | 'configure' | 'install' | 'handover'

/** What the wizard has to know of a scenario; its words stand in `messages.scenarios`. */
export interface Scenario {
  /** The pages in the order of the step list, as many for one hosting as for the other: the numbers stay. */
  readonly steps: (hosting: Hosting) => readonly StepId[]
  /** The phase that begins with a step; the steps after it belong to it too. */
  readonly phases: Partial<Record<StepId, Phase>>
  /** The page that asks for a part of the answers, by its path or the first word of it. */
  readonly asks: (hosting: Hosting) => Readonly<Record<string, StepId>>
  /** Its plan can be had as a script. */
  readonly script: boolean
}

const newInstallation: Scenario = {
  steps: (hosting) => [
    'files',
    'hosting',
    'prerequisites',
    'database',
    'client',
    'certificate',
    hostSteps[hosting],
    'logging',
    'review',
    'install',
    'proof',
    'connect',
    'finish',
  ],
  phases: { files: 'prepare', database: 'configure', review: 'install', connect: 'handover' },
  asks: (hosting) => ({
    service: 'files',
    creatio: 'files',
    hosting: 'hosting',
    practice: 'hosting',
    database: 'database',
    client: 'client',
    certificate: 'certificate',
    container: 'container',
    website: 'website',
    publicUrl: hostSteps[hosting],
    logging: 'logging',
  }),
  script: true,
}

const replaceCertificate: Scenario = {
  steps: () => ['replacement', 'certificate', 'restart', 'review', 'install', 'proof', 'finish'],
  phases: { replacement: 'prepare', review: 'install', finish: 'handover' },
  asks: () => ({
    installation: 'replacement',
    practice: 'replacement',
    replaces: 'replacement',
    certificate: 'certificate',
    path: 'restart',
    creatio: 'restart',
  }),
  script: false,
}

const changeClient: Scenario = {
  steps: () => ['client-service', 'new-client', 'review', 'install', 'proof', 'connect', 'finish'],
  phases: { 'client-service': 'prepare', review: 'install', connect: 'handover' },
  asks: () => ({
    installation: 'client-service',
    practice: 'client-service',
    databaseServer: 'client-service',
    row: 'client-service',
    'client.current': 'client-service',
    client: 'new-client',
  }),
  script: false,
}

export const scenarios: Readonly<Record<ScenarioId, Scenario>> = {
  'new-installation': newInstallation,
  'replace-certificate': replaceCertificate,
  'change-client': changeClient,
}
