import { counted } from '../../format.ts'

const installations = (count: number) => counted(count, 'installation', 'installations')
const interruptions = (count: number) => counted(count, 'interrupted setup', 'interrupted setups')

export const start = {
  title: 'Set up or maintain the Identity Service',
  lead: (installed: number, interrupted: number) => {
    const found = [
      ...(installed > 0 ? [installations(installed)] : []),
      ...(interrupted > 0 ? [interruptions(interrupted)] : []),
    ]
    return found.length === 0
      ? 'Nothing is installed on this server yet. Choose what to do.'
      : `Found on this server: ${found.join(' and ')}.`
  },
  leadLooking: 'Looking at what is on this server.',
  rail: {
    title: 'This server',
    looking: 'Looking at this server',
    looked: (ms: number) => `Looked at in ${(ms / 1000).toFixed(1)} s, nothing changed`,
    server: 'Server',
    system: 'System',
    runtimes: '.NET runtimes',
    docker: 'Docker',
    iis: 'IIS',
    restart: 'Restart',
    restartPending: 'Windows waits for a restart',
    rights: 'Administrator rights',
    elevated: 'This program has them',
    asked: 'Asked for when they are needed',
    user: 'Signed in as',
    version: 'Version of this program',
    none: 'None found',
    again: 'Look again',
  },
  interrupted: {
    title: 'A setup was interrupted',
    practice: 'Practice run',
    text: (title: string, when: string) => `${title}, ${when}.`,
    where: (done: number, all: number, last: string) => `Stopped after step ${done} of ${all}: ${last}`,
    resume: 'Resume',
    rollBack: 'Roll back',
    more: 'More for the interrupted setup',
    discard: 'Discard the journal…',
    discardTitle: 'Discard the journal?',
    discardBody:
      'What the interrupted setup wrote stays on this server. Without the journal it can neither be resumed nor rolled back.',
    discardYes: 'Discard',
    keep: 'Keep',
  },
  installation: {
    practice: 'Practice run',
    days: (days: number) =>
      days < 0
        ? // From the first moment after its end until two days later.
          days === -1
          ? 'Ended'
          : `Ended ${counted(-days, 'day', 'days')} ago`
        : days === 0
          ? 'Less than 1 day left'
          : `${counted(days, 'day', 'days')} left`,
    ends: (date: string) => `Certificate, to ${date}`,
    replace: 'Replace…',
    replaceLabel: (name: string) => `Replace the certificate of ${name}…`,
    show: 'Show certificate…',
    changeClient: 'Change the client…',
    check: 'Check',
    more: (name: string) => `More for ${name}`,
    checkLabel: (name: string) => `Check ${name}`,
    checking: (name: string) => `Checking ${name}, reading only`,
    results: (name: string) => `Check of ${name}`,
  },
  logging: {
    isOn: 'Logging is on: it costs performance, and nothing limits the size of its files.',
    off: 'Switch logging off',
    on: 'Switch logging on for a test',
    disturbsOff: 'The service restarts, and is away for a moment. Log files that are there stay.',
    disturbsOn:
      'The service restarts, and is away for a moment. Until it is switched off again, the log costs performance and its files grow.',
  },
  tasksTitle: 'What do you want to do?',
  tasks: {
    install: { title: 'New installation', text: 'From IdentityService.zip to a verified service' },
    connect: { title: 'Connect to Creatio', text: 'Identity Service URL and system client' },
    certificate: { title: 'Replace the certificate', text: 'New signing key, the former file kept' },
    client: { title: 'Change the client', text: 'New ID or secret, scopes, grant types' },
    update: { title: 'Update the service', text: 'Newer files, with backups and a way back' },
    check: { title: 'Check an installation', text: 'Reads only: service, keys, database, token' },
    look: { title: 'Look at a certificate…', text: 'What is in a file, and what is wrong with it' },
  },
  certificate: {
    title: 'Look at a certificate',
    of: (name: string) => `Certificate of ${name}`,
    file: 'Certificate file',
    fileName: 'the certificate file',
    fileHint: 'PFX, PEM, PKCS #7 or DER. It is only read.',
    password: 'Password of the file',
    look: 'Look',
    looking: 'Looking at the certificate',
    result: 'What was found',
    said: (subject: string, days: string) => `${subject}: ${days}`,
    replace: 'Replace…',
    close: 'Close',
  },
  later: 'Comes with a later version of this program',
  needsInstallation: 'Needs an installation on this server',
  practice: {
    title: 'Practice run',
    text: 'The whole way on a simulated Windows',
    starting: 'Preparing the practice run',
  },
  openAnswers: 'Open an answer file…',
  close: 'Close',
}
