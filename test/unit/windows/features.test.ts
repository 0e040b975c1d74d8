import { describe, expect, it } from 'vitest'
import {
  disableFeatures,
  enableCommand,
  enableFeatures,
  featureStates,
  iisComponents,
  missingFeatures,
  REDIRECT_FEATURE,
  REQUIRED_FEATURES,
} from '../../../electron/windows/features.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const KEY = String.raw`SOFTWARE\Microsoft\InetStp\Components`
const COMPONENTS = `reg | query | HKLM\\${KEY} | /reg:64`
const STATES = 'dism | /Online | /English | /Get-Features'
const ENABLE =
  'dism | /Online | /English | /NoRestart | /Enable-Feature | /All | /FeatureName:IIS-WebServerRole | /FeatureName:IIS-HttpErrors'
const DISABLE =
  'dism | /Online | /English | /NoRestart | /Disable-Feature | /FeatureName:IIS-WebServerRole | /FeatureName:IIS-HttpErrors'
const NAMES = ['IIS-WebServerRole', 'IIS-HttpErrors']

const HEAD =
  '\r\nDeployment Image Servicing and Management tool\r\nVersion: 10.0.20348.1\r\n\r\nImage Version: 10.0.20348.2113\r\n\r\n'
const list = (states: Record<string, string>) =>
  `${HEAD}Features listing for package : Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.20348.1\r\n\r\n` +
  Object.entries(states)
    .map(([name, state]) => `Feature Name : ${name}\r\nState : ${state}\r\n\r\n`)
    .join('') +
  'The operation completed successfully.\r\n'
const OFF = { 'IIS-WebServerRole': 'Disabled', 'IIS-HttpErrors': 'Disabled', 'IIS-WebServer': 'Disabled' }
const ON = { 'IIS-WebServerRole': 'Enabled', 'IIS-HttpErrors': 'Enabled', 'IIS-WebServer': 'Enabled' }
const BAR =
  'Enabling feature(s)\r\n\r[===    10.0%     ]\r\r[====100.0%====] \r\nThe operation completed successfully.\r\n'

describe.each(LANGUAGES)('what is installed, on a $language Windows', ({ page, language }) => {
  it('stands in the registry', async () => {
    const { machine } = scriptedWindows({
      ...codePage(page),
      [COMPONENTS]: {
        page,
        out: [
          '',
          `HKEY_LOCAL_MACHINE\\${KEY}`,
          `    ${language === 'Russian' ? '(по умолчанию)' : '(Standard)'}    REG_SZ    `,
          ...['W3SVC', 'corewebengine', 'StaticContent', 'DefaultDocument', 'HttpErrors'].map(
            (name) => `    ${name}    REG_DWORD    0x1`,
          ),
          '    HttpLogging    REG_DWORD    0x0',
          '',
        ].join('\r\n'),
      },
    })
    expect([...(await iisComponents(machine))]).toEqual([
      'W3SVC',
      'corewebengine',
      'StaticContent',
      'DefaultDocument',
      'HttpErrors',
    ])
    expect((await missingFeatures(machine)).map(({ name }) => name)).toEqual([
      'IIS-HttpLogging',
      'IIS-RequestFiltering',
      'IIS-ManagementScriptingTools',
    ])
    expect(await missingFeatures(machine, [REDIRECT_FEATURE])).toEqual([REDIRECT_FEATURE])
  })
})

it('without IIS everything is missing', async () => {
  const { machine } = scriptedWindows({ [COMPONENTS]: { code: 1 } })
  expect(await missingFeatures(machine)).toEqual(REQUIRED_FEATURES)
})

it('the states of all features are read in one call', async () => {
  const { machine } = scriptedWindows({
    [STATES]: { out: list({ ...OFF, SNMP: 'Disabled with Payload Removed', TFTP: 'Enable Pending' }) },
  })
  expect(Object.fromEntries(await featureStates(machine))).toEqual({
    ...OFF,
    SNMP: 'Disabled with Payload Removed',
    TFTP: 'Enable Pending',
  })
})

describe('enabling', () => {
  it('is one command, shown as it runs', () => {
    expect(enableCommand(NAMES)).toBe(
      'dism /Online /English /NoRestart /Enable-Feature /All /FeatureName:IIS-WebServerRole /FeatureName:IIS-HttpErrors',
    )
  })

  it('tells all that changed', async () => {
    const { machine, calls } = scriptedWindows({
      [STATES]: [{ out: list({ ...OFF, SNMP: 'Disabled' }) }, { out: list({ ...ON, SNMP: 'Disabled' }) }],
      [ENABLE]: { out: HEAD + BAR },
    })
    expect(await enableFeatures(machine, NAMES)).toEqual({ restartNeeded: false, changed: Object.keys(ON) })
    expect(calls).toEqual([STATES, ENABLE, STATES])
  })

  it('shows the last state of the progress bar', async () => {
    const lines: string[] = []
    const { machine } = scriptedWindows({
      [STATES]: [{ out: list(OFF) }, { out: list(ON) }],
      [ENABLE]: { does: ({ onLine }) => `${BAR}\r\n`.split('\r\n').forEach((line) => onLine?.(line)) },
    })
    await enableFeatures(machine, NAMES, { onLine: (line) => lines.push(line) })
    expect(lines).toContain('[====100.0%====]')
    expect(lines.join('')).not.toContain('10.0%  ')
  })

  it.each([
    ['the exit code says so', { code: 3010 }, ON],
    ['a feature is pending', { code: 0 }, { ...ON, 'IIS-WebServer': 'Enable Pending' }],
  ])('needs a restart when %s', async (_, answer, after) => {
    const { machine } = scriptedWindows({
      [STATES]: [{ out: list(OFF) }, { out: list(after) }],
      [ENABLE]: answer,
    })
    expect(await enableFeatures(machine, NAMES)).toMatchObject({ restartNeeded: true })
  })

  it('of nothing does nothing', async () => {
    const { machine, calls } = scriptedWindows({})
    expect(await enableFeatures(machine, [])).toEqual({ restartNeeded: false, changed: [] })
    expect(calls).toEqual([])
  })

  it('that ended well but changed nothing is a failure', async () => {
    const { machine } = scriptedWindows({
      [STATES]: [{ out: list(OFF) }, { out: list({ ...OFF, 'IIS-HttpErrors': 'Enabled' }) }],
      [ENABLE]: {},
    })
    await expect(enableFeatures(machine, NAMES)).rejects.toMatchObject({
      problem: { code: 'windows.features-not-enabled', what: 'Windows did not enable IIS-WebServerRole.' },
    })
  })

  it.each([
    [740, /administrator/],
    [0x800f080c, /edition/],
    [-2146498548, /edition/],
    [0x800f081f, /files of the feature/],
    [0x800f0954, /files of the feature/],
  ])('refused with %i is explained', async (code, cause) => {
    const { machine } = scriptedWindows({ [STATES]: { out: list(OFF) }, [ENABLE]: { code, out: 'Error' } })
    await expect(enableFeatures(machine, NAMES)).rejects.toMatchObject({
      problem: { code: 'windows.features-not-enabled', cause: expect.stringMatching(cause) },
    })
  })

  it('refused with another code points to the log', async () => {
    const { machine } = scriptedWindows({ [STATES]: { out: list(OFF) }, [ENABLE]: { code: 87 } })
    await expect(enableFeatures(machine, NAMES)).rejects.toMatchObject({
      problem: { code: 'windows.features-not-enabled', next: expect.stringContaining('dism.log') },
    })
  })

  it('that does not end is ended', async () => {
    const { machine } = scriptedWindows({
      [STATES]: { out: list(OFF) },
      [ENABLE]: { rejects: 'process.timeout' },
    })
    await expect(enableFeatures(machine, NAMES)).rejects.toMatchObject({
      problem: { code: 'process.timeout' },
    })
  })
})

describe('disabling', () => {
  it('takes back what was enabled', async () => {
    const { machine } = scriptedWindows({
      [STATES]: [{ out: list(ON) }, { out: list({ ...OFF, 'IIS-WebServer': 'Enabled' }) }],
      [DISABLE]: {},
    })
    expect(await disableFeatures(machine, NAMES)).toEqual({ restartNeeded: false, changed: NAMES })
  })

  it('that was refused is a failure', async () => {
    const { machine } = scriptedWindows({ [STATES]: { out: list(ON) }, [DISABLE]: { code: 50 } })
    await expect(disableFeatures(machine, NAMES)).rejects.toMatchObject({
      problem: { code: 'windows.features-not-disabled' },
    })
  })
})

it.each([
  [
    'windows.features-unreadable',
    { code: 740, out: '\r\nError: 740\r\n\r\nElevated permissions are required to run DISM.' },
  ],
  ['windows.unreadable-answer', { out: 'something' }],
  ['windows.unreadable-answer', { out: list(ON).slice(0, -60) }],
  ['process.timeout', { rejects: 'process.timeout' as const }],
])('without the whole list nothing is assumed: %s', async (code, answer) => {
  const { machine } = scriptedWindows({ [STATES]: answer })
  await expect(featureStates(machine)).rejects.toMatchObject({ problem: { code } })
})
