import { counted } from '../../format.ts'

export const finish = {
  passed: (passed: number, all: number) => `${passed} of ${counted(all, 'check', 'checks')} passed.`,
  loading: 'Collecting the facts',
  regionLabel: 'Summary',
  ticket: 'For the change ticket',
  verified: (when: string) => `Verified ${when}`,
  notVerified: 'Not verified',
  url: 'Identity Service URL',
  client: 'System client',
  folder: 'Folder',
  hosting: 'Hosting',
  certificate: 'Certificate',
  certificateTo: (date: string) => `Ends on ${date}`,
  inDays: (days: number) => `in ${counted(days, 'day', 'days')}`,
  changed: 'Changed files',
  changedOf: (written: number, backups: number) =>
    `${counted(written, 'file', 'files')} written, ${backups === 0 ? 'no backup needed' : counted(backups, 'backup', 'backups')}`,
  report: 'Report',
  reportText: 'Steps, evidence and file hashes. No secrets.',
  save: (format: string) => `Save the report as ${format}`,
  server: {
    title: 'On this server',
    trust: 'Trust',
    selfSigned:
      'The certificate of the website is self-signed. Import it on Creatio’s server into the trusted root certification authorities of the computer; until then Creatio refuses the connection.',
    issuer: (issuer: string | undefined) =>
      `Creatio’s server must trust the issuer of the website’s certificate${issuer === undefined ? '' : ` (${issuer})`}. With a certification authority of your own, import its root certificate there.`,
    logging: 'Logging',
    loggingOn:
      'The stdout log is on and costs performance. Switch it off once the service runs: on the first page, at the installation.',
    settings: 'Settings',
    logs: 'Logs',
  },
  next: 'What comes next',
  connect: {
    title: 'Enter the values in Creatio',
    text: 'Identity Service URL, client ID and client secret, with where they go',
  },
  answers: {
    title: 'Save the answers for the next server',
    text: 'A JSON file without secrets; the command line reads it',
  },
  another: {
    title: 'Replace in another installation…',
    text: 'The same answers, with another folder',
  },
  again: { title: 'Start another setup', text: 'Back to the first page, with every page empty' },
  close: 'Close',
}
