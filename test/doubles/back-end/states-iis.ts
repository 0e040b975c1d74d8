import { useFiles } from '../../../renderer/store/files.ts'
import { useLogging } from '../../../renderer/store/logging.ts'
import { fillSlices } from '../../../renderer/store/slices.ts'
import { useWebsite } from '../../../renderer/store/website.ts'
import { iisAnswers, onWindows, websiteClash, websiteLogin, websiteUnknown } from './sample-website.ts'
import { creatioOnSqlServer, windowsLogin } from './sample-database.ts'
import { answers, machine } from './samples.ts'
import { click, newOnIis, onIis, practice, windowsMachine, type State } from './state.ts'

/** The pages on a Windows server, and in a practice run. */
export const iisStates: Readonly<Record<string, State>> = {
  'hosting-iis': { page: 'hosting', prepare: onIis, script: windowsMachine },
  'hosting-iis-restart': {
    page: 'hosting',
    prepare: onIis,
    script: {
      'machine.look': () =>
        onWindows(machine, {
          elevated: true,
          pendingRestart: true,
          iis: { usable: false, summary: 'IIS is not turned on' },
        }),
    },
  },
  'hosting-practice': { page: 'hosting', prepare: practice },
  'database-windows-login': {
    page: 'database',
    script: {
      ...windowsMachine,
      'creatio.look': () => creatioOnSqlServer(windowsLogin),
      'website.check': () => ({ notes: [], takeOver: [], login: websiteLogin }),
    },
    prepare: async () => {
      fillSlices({ ...iisAnswers(answers), database: { from: 'creatio' } })
      await useFiles.getState().lookAtCreatio()
    },
  },
  website: { page: 'website', prepare: newOnIis, script: windowsMachine },
  'website-https': {
    page: 'website',
    prepare: onIis,
    script: windowsMachine,
    after: () => useWebsite.getState().openTab('access'),
  },
  'website-plain': {
    page: 'website',
    prepare: async () => {
      await onIis()
      useWebsite.getState().change({ https: false, http: 'keep' })
    },
    script: windowsMachine,
    after: async () => {
      click('#next')
      await new Promise((resolve) => setTimeout(resolve, 60))
      click('.problem-text a')
    },
  },
  'website-pfx': {
    page: 'website',
    prepare: async () => {
      await onIis()
      useWebsite.getState().change({ certificate: 'pfx', pfx: 'D:\\tls\\identity.pfx', http: 'none' })
    },
    script: windowsMachine,
    after: () => useWebsite.getState().openTab('access'),
  },
  'website-account': {
    page: 'website',
    prepare: async () => {
      await onIis()
      useWebsite.getState().change({
        account: 'SpecificUser',
        user: 'CORP\\svc-identity',
        password: { ref: 'vault:website.identity.password', length: 20 },
      })
    },
    script: {
      ...windowsMachine,
      'website.check': () => ({
        notes: [
          {
            field: 'website.identity.user',
            level: 'warning',
            text: 'This account has no “Log on as a batch job”; Install grants it.',
          },
        ],
        takeOver: [],
        login: {
          name: 'CORP\\svc-identity',
          why: 'The connection signs in by Windows, so it is the account of the pool that SQL Server sees.',
          sql: websiteLogin.sql.replaceAll('CORP\\APP01$', () => 'CORP\\svc-identity'),
        },
      }),
    },
    after: () => click('.more summary'),
  },
  'website-clash': {
    page: 'website',
    prepare: async () => {
      await onIis()
      useWebsite.getState().change({ site: 'Default Web Site' })
    },
    script: { ...windowsMachine, 'website.check': () => websiteClash },
    after: () => click('#next'),
  },
  'website-self-signed': {
    page: 'website',
    prepare: async () => {
      await newOnIis()
      useWebsite.getState().change({ certificate: 'self-signed' })
    },
    script: {
      ...windowsMachine,
      'website.check': () => ({
        notes: [
          {
            field: 'website.https.port',
            level: 'warning',
            text: 'Port 8443 is used by tomcat9.exe (process 4120).',
            suggestion: '8444',
          },
          { field: 'website.firewall', level: 'info', text: 'Windows Firewall is off for this network.' },
        ],
        takeOver: [],
      }),
    },
    after: () => useWebsite.getState().openTab('access'),
  },
  'website-server': {
    page: 'website',
    prepare: onIis,
    script: windowsMachine,
    after: () => useWebsite.getState().openTab('server'),
  },
  'website-unknown': {
    page: 'website',
    prepare: onIis,
    script: {
      ...windowsMachine,
      'website.look': () => websiteUnknown,
      'website.check': () => ({ notes: [], takeOver: [], login: websiteLogin }),
    },
  },
  'website-unknown-server': {
    page: 'website',
    prepare: onIis,
    script: { ...windowsMachine, 'website.look': () => websiteUnknown },
    after: () => useWebsite.getState().openTab('server'),
  },
  'logging-iis': {
    page: 'logging',
    prepare: async () => {
      await onIis()
      useLogging.getState().change({ stdout: true })
    },
    script: windowsMachine,
  },
}
