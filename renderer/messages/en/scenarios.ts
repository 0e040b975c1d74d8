import type { Hosting, Phase, ScenarioId, StepId } from '../../store/scenarios.ts'

/** What pages that several scenarios share say in one of them. */
interface ScenarioWords {
  readonly title: string
  readonly notes: Readonly<Record<Hosting, string>>
  readonly phases: Readonly<Record<Phase, string>>
  /** Where the step list calls a page otherwise. */
  readonly steps: Readonly<Partial<Record<StepId, string>>>
  /** The button that changes the machine. */
  readonly commit: string
  readonly running: string
  readonly done: string
  readonly progress: string
  /** What the proof asks for. */
  readonly proof: string
  readonly finished: string
  readonly practised: string
  readonly notProven: string
  readonly took: (time: string) => string
}

export const scenarios: Readonly<Record<ScenarioId, ScenarioWords>> = {
  'new-installation': {
    title: 'New installation',
    notes: { iis: 'With IIS on this server', docker: 'With Docker on this server' },
    phases: { prepare: 'Prepare', configure: 'Configure', install: 'Install', handover: 'Hand over' },
    steps: {},
    commit: 'Install',
    running: 'Installing',
    done: 'Installed',
    progress: 'Progress of the installation',
    proof: 'Discovery, keys, tables, client and a token: what the service itself says.',
    finished: 'The Identity Service is ready',
    practised: 'The practice run is complete',
    notProven: 'Installed, but not proven',
    took: (time) => `Installed in ${time}.`,
  },
  'replace-certificate': {
    title: 'Replace the certificate',
    notes: { iis: 'For an installed service', docker: 'For an installed service' },
    phases: { prepare: 'Prepare', configure: 'Configure', install: 'Replace', handover: 'Hand over' },
    steps: { install: 'Replace' },
    commit: 'Replace',
    running: 'Replacing the certificate',
    done: 'Replaced',
    progress: 'Progress of the replacement',
    proof: 'Discovery, keys and a token: whether the service signs with the new key.',
    finished: 'The certificate is replaced',
    practised: 'The certificate of the practice run is replaced',
    notProven: 'Replaced, but not proven',
    took: (time) => `Replaced in ${time}.`,
  },
  'change-client': {
    title: 'Change the client',
    notes: { iis: 'For an installed service', docker: 'For an installed service' },
    phases: { prepare: 'Prepare', configure: 'Configure', install: 'Change', handover: 'Hand over' },
    steps: { install: 'Change' },
    commit: 'Change the client',
    running: 'Changing the client',
    done: 'Changed',
    progress: 'Progress of the change',
    proof: 'Discovery, keys, tables, client and a token: whether the service knows the client as it is now.',
    finished: 'The client is changed',
    practised: 'The client of the practice run is changed',
    notProven: 'Changed, but not proven',
    took: (time) => `Changed in ${time}.`,
  },
}
