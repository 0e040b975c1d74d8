import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { answersSchema } from '../../../electron/contract/answers.ts'
import type { WebsiteView } from '../../../electron/contract/views.ts'
import { askAboutWebsite, websiteFaults } from '../../../renderer/pages/website-faults.ts'
import { hostNameFault, iisNameFault, managedUserFault } from '../../../renderer/rules.ts'
import { useFaults } from '../../../renderer/store/faults.ts'
import { currentDraft, fillSlices, readSlices, resetSlices } from '../../../renderer/store/slices.ts'
import { tabOfPath, useWebsite } from '../../../renderer/store/website.ts'
import { answers as dockerAnswers } from '../../doubles/back-end/samples.ts'
import { iisAnswers, website, websiteClash, websiteUnknown } from '../../doubles/back-end/sample-website.ts'
import { scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

// The page makes its bridge at the first call and keeps it; this one passes each call on to the test's own.
let script: Partial<Script> = {}
globalThis.setup = {
  call: (name, input) => scriptedBackEnd(script).call(name, input),
  onEvent: () => () => undefined,
}

const answers = iisAnswers(dockerAnswers)
const usable = website.certificates.filter((certificate) => certificate.usable)
const state = () => useWebsite.getState()
const look = () => state().look(currentDraft())

beforeEach(() => {
  script = {}
  resetSlices()
})

/** A call that answers when it is let go. */
function held<T>(value: T): { readonly answer: () => Promise<T>; readonly release: () => void } {
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  return { answer: () => gate.then(() => value), release: () => release() }
}

describe('what is on the server', () => {
  it('fills what is empty, and never what is typed', async () => {
    state().change({ pool: 'Mine', httpsPort: '444' })
    await look()
    expect(state()).toMatchObject({
      site: 'IdentityService',
      pool: 'Mine',
      httpPort: '8090',
      httpsPort: '444',
    })
  })

  it('takes a certificate unasked only when there is no choice to make', async () => {
    await look()
    expect(usable.length).toBeGreaterThan(1)
    expect(state().thumbprint).toBe('')
    script = { 'website.look': () => ({ ...website, certificates: usable.slice(0, 1) }) }
    await look()
    expect(state().thumbprint).toBe(usable[0]!.thumbprint)
  })

  it('shows the answer to the latest question, whichever comes first', async () => {
    const slow = held<WebsiteView>(websiteUnknown)
    script = { 'website.look': slow.answer }
    const first = look()
    script = {}
    await look()
    slow.release()
    await first
    expect(state()).toMatchObject({ view: website, looking: false })
  })

  it('keeps what is typed when nothing can be looked at', async () => {
    fillSlices(answers)
    script = {
      'website.look': () => {
        throw new Error('gone')
      },
    }
    await look()
    expect(state()).toMatchObject({
      site: 'IdentityService',
      looking: false,
      problem: { code: 'unexpected' },
    })
  })
})

describe('what stands in the way', () => {
  const confirmed = ['site:Default Web Site', 'pool:IdentityService', 'certificate:0.0.0.0:443']

  it.each([
    [{ site: 'Another' }, ['pool:IdentityService', 'certificate:0.0.0.0:443']],
    [{ pool: 'Another' }, ['site:Default Web Site', 'certificate:0.0.0.0:443']],
    [{ httpsPort: '444' }, ['site:Default Web Site', 'pool:IdentityService']],
    [{ hostName: 'other.example' }, ['site:Default Web Site', 'pool:IdentityService']],
    [{ firewall: false, httpPort: '81' }, confirmed],
    [{ site: 'IdentityService' }, confirmed],
  ])('keeps a confirmation while what it named stays: %j', (change, left) => {
    fillSlices(answers)
    state().change({ takeOver: confirmed })
    state().change(change)
    expect(state().takeOver).toEqual(left)
  })

  it('holds Next until each thing is confirmed by itself', async () => {
    fillSlices(answers)
    script = { 'website.check': () => websiteClash }
    expect(await websiteFaults()).toHaveLength(2)
    state().confirm('site:Default Web Site', true)
    expect((await websiteFaults()).map(({ path }) => path)).toEqual(['website.takeOver.pool:IdentityService'])
    state().confirm('pool:IdentityService', true)
    expect(await websiteFaults()).toEqual([])
    expect(currentDraft()['website']).toMatchObject({
      takeOver: ['site:Default Web Site', 'pool:IdentityService'],
    })
    state().confirm('pool:IdentityService', false)
    expect(await websiteFaults()).toHaveLength(1)
  })
})

describe('what is wrong on the page', () => {
  const faultsAfter = async (change: Parameters<ReturnType<typeof state>['change']>[0]) => {
    fillSlices(answers)
    await look()
    state().change(change)
    return (await websiteFaults()).map(({ path }) => path)
  }

  it('is nothing for complete answers', async () => {
    expect(await faultsAfter({})).toEqual([])
  })

  it.each([
    [{ site: '' }, ['website.site']],
    [{ pool: 'a/b' }, ['website.pool']],
    [{ account: 'SpecificUser' }, ['website.identity.user', 'website.identity.password']],
    [{ account: 'gMSA', managedUser: 'CORP\\name' }, ['website.identity.user']],
    [{ account: 'gMSA', managedUser: 'CORP\\name$' }, []],
    [{ https: false, http: 'keep' }, ['website.development']],
    [{ https: false, http: 'keep', development: true }, []],
    [{ http: 'none', httpPort: '' }, []],
    [{ http: 'keep', httpPort: '' }, ['website.http.port']],
    [{ httpPort: '8443' }, ['website.http.port']],
    [{ httpsPort: '65536' }, ['website.https.port']],
    [{ sni: true, hostName: '' }, ['website.hostName', 'publicUrl']],
    [{ hostName: 'https://x' }, ['website.hostName']],
    [{ hostName: '' }, ['publicUrl']],
    [{ hostName: '', publicUrl: 'https://id.example' }, []],
    [{ hostName: '', certificate: 'self-signed' }, []],
    [{ thumbprint: '' }, ['website.https.certificate.thumbprint']],
    [{ thumbprint: 'A'.repeat(40) }, ['website.https.certificate.thumbprint']],
    [{ thumbprint: website.certificates[2]!.thumbprint }, ['website.https.certificate.thumbprint']],
    [{ thumbprint: usable[0]!.thumbprint.toLowerCase() }, []],
    [{ certificate: 'pfx' }, ['website.https.certificate.file']],
    [{ certificate: 'self-signed', thumbprint: '' }, []],
  ] as const)('after %j: %j', async (change, paths) => {
    expect(await faultsAfter(change)).toEqual(paths)
  })

  it('holds what the back end calls an error, once a field', async () => {
    fillSlices(answers)
    state().change({ site: '' })
    script = {
      'website.check': () => ({
        notes: [
          { field: 'website.site', level: 'error', text: 'Taken.' },
          { field: 'website.http.port', level: 'error', text: 'In use by System.' },
          { field: 'website.hostName', level: 'warning', text: 'Unknown to DNS.' },
        ],
        takeOver: [],
      }),
    }
    expect(await websiteFaults()).toEqual([
      { path: 'website.site', text: 'Enter the site name' },
      { path: 'website.http.port', text: 'In use by System.' },
    ])
  })

  it('is nothing that the page does not ask for', async () => {
    fillSlices(answers)
    script = {
      'website.check': () => ({
        notes: ['website.http.port', 'website.https.port'].map((field) => ({
          field,
          level: 'error',
          text: 'In use.',
        })),
        takeOver: [],
      }),
    }
    state().change({ http: 'none' })
    expect((await websiteFaults()).map(({ path }) => path)).toEqual(['website.https.port'])
    state().change({ https: false, http: 'keep', development: true })
    expect((await websiteFaults()).map(({ path }) => path)).toEqual(['website.http.port'])
  })

  it('is said when a field is left, and taken back once another field puts it right', async () => {
    fillSlices(answers)
    const taken = { field: 'website.https.port', level: 'error', text: 'A binding of creatio.' } as const
    script = { 'website.check': () => ({ notes: [taken], takeOver: [] }) }
    await askAboutWebsite('website.site')
    expect(useFaults.getState().texts).toEqual({})
    await askAboutWebsite('website.https.port')
    expect(useFaults.getState().texts).toEqual({ 'website.https.port': taken.text })
    const other = { ...taken, text: 'A binding of Default Web Site.' }
    script = { 'website.check': () => ({ notes: [other], takeOver: [] }) }
    await askAboutWebsite()
    expect(useFaults.getState().texts).toEqual({ 'website.https.port': other.text })
    script = {}
    state().change({ hostName: 'another.example' })
    await askAboutWebsite('website.hostName')
    expect(useFaults.getState().texts).toEqual({})
  })

  it('keeps what the plan said about a field', async () => {
    fillSlices(answers)
    useFaults.getState().set('website.site', 'The name of the website is too long.')
    await askAboutWebsite('website.site')
    expect(useFaults.getState().texts).toHaveProperty(['website.site'])
  })

  it('is found in the tab that asks for it', () => {
    expect(tabOfPath('website.identity.password')).toBe('site')
    expect(tabOfPath('website.site')).toBe('site')
    expect(tabOfPath('website.https.certificate.thumbprint')).toBe('access')
    expect(tabOfPath('publicUrl')).toBe('access')
    expect(tabOfPath('website.takeOver.site:x')).toBeUndefined()
    expect(tabOfPath('container.name')).toBeUndefined()
  })
})

describe('the answers', () => {
  it('change only by what was changed, and hold no secret', () => {
    fillSlices(answers)
    expect(currentDraft()).toEqual(answers)
    state().change({ account: 'SpecificUser', user: 'CORP\\svc', password: { ref: 'vault:p', length: 9 } })
    expect(currentDraft()['website']).toMatchObject({
      identity: { account: 'SpecificUser', user: 'CORP\\svc', password: 'vault:p' },
    })
    expect(readSlices().website.password).toEqual({ ref: 'vault:p', length: 9 })
  })

  it('hand over a port that is no number as it was typed', () => {
    fillSlices(answers)
    state().change({ httpsPort: '44x' })
    expect(currentDraft()['website']).toMatchObject({ https: { port: '44x' } })
  })

  it('of a file without any address ask for a port', async () => {
    const { http: _http, https: _https, ...rest } = answers.website!
    fillSlices({ ...answers, website: { ...rest, development: true } })
    expect(currentDraft()['website']).toMatchObject({ http: {} })
    expect((await websiteFaults()).map(({ path }) => path)).toEqual(['website.http.port'])
  })

  const accepts = (changed: object) =>
    answersSchema.safeParse({ ...answers, website: { ...answers.website, ...changed } }).success
  const typed = fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[A-Za-z0-9 ._\\$-]{1,70}$/))

  it('are judged by the page as by the contract', () => {
    fc.assert(
      fc.property(typed, (value) => {
        expect(iisNameFault(value) === undefined).toBe(accepts({ site: value }))
        expect(hostNameFault(value) === undefined).toBe(accepts({ hostName: value }))
        expect(managedUserFault(value) === undefined).toBe(
          accepts({ identity: { account: 'gMSA', user: value } }),
        )
      }),
    )
  })
})
