import type { Problem } from '../../contract/problem.ts'

/** What an installer is told about an installation that was looked at, beside what was found. */
export const notes = {
  /** @param why what kept the settings from being read */
  unread: (settings: string, why: Problem): Problem => ({
    code: 'installation.settings-unread',
    what: 'The settings of the service were not read, so its certificate may have been moved since.',
    where: { file: settings, ...why.where },
    cause: why.what,
    next: why.next,
  }),
  unnamed: (settings: string, pfx: string): Problem => ({
    code: 'installation.pfx-unnamed',
    what: `The settings of the service name no certificate file; “${pfx}” is taken for it.`,
    where: { file: settings, path: 'X509CertificatePath' },
    next: 'Check which file the service opens.',
  }),
  missing: (pfx: string, named: string): Problem => ({
    code: 'installation.pfx-missing',
    what: 'The certificate file that the service is told to open is not there.',
    where: { file: pfx },
    cause: `X509CertificatePath is “${named}”.`,
    next: 'Check whether the file was moved or removed; the service cannot start without it.',
  }),
  inVolume: (volume: string): Problem => ({
    code: 'installation.pfx-in-volume',
    what: `The certificate file lies in the volume “${volume}” of the container engine.`,
    next: 'Check that this user may change files there.',
  }),
  engine: (container: string, why: Problem): Problem => ({
    code: 'installation.container-unseen',
    what: `The container “${container}” was not looked at, so its certificate may have been moved since.`,
    cause: why.cause ?? why.what,
    next: why.next,
  }),
  gone: (container: string): Problem => ({
    code: 'installation.container-gone',
    what: `There is no container “${container}” any more.`,
    next: 'Check whether it was given another name.',
  }),
  address: (url: string): Problem => ({
    code: 'installation.url-guessed',
    what: `The Identity Service URL is taken to be ${url}.`,
    next: 'Compare it with the Identity Service URL in the system settings of Creatio.',
  }),
  byName: (container: string): Problem => ({
    code: 'installation.container-by-name',
    what: `The container “${container}” is taken for the one that is built from this folder, by its name only.`,
    next: 'Check that it is, or name another one.',
  }),
  noClient: (settings: string): Problem => ({
    code: 'installation.no-client',
    what: 'The settings hold no client with a secret that may ask for tokens, so none can be asked for as a proof.',
    where: { file: settings, path: 'Clients' },
    next: 'Check the replaced certificate with an integration of yours.',
  }),
} as const
