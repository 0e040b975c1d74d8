import { errorsOf } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { hostNameFault, iisNameFault, judged, managedUserFault, needed, portFault } from '../rules.ts'
import { useFaults, type Fault } from '../store/faults.ts'
import { currentDraft } from '../store/slices.ts'
import { useWebsite, type WebsiteData } from '../store/website.ts'

const text = messages.website

/** Id of the confirmation for something that stands in the way. */
export const takeOverPath = (id: string): string => `website.takeOver.${id}`

/** Id of the list of certificates. */
export const thumbprintPath = 'website.https.certificate.thumbprint'

/** What this page has called wrong: taken back as soon as it is right, also by a change of another field. */
let told: readonly Fault[] = []

/** Asks the back end what there is to say about what is typed now; `left`: the field that was just left. */
export async function askAboutWebsite(left?: string): Promise<void> {
  await useWebsite.getState().check(currentDraft())
  const now = currentFaults()
  const { texts, set } = useFaults.getState()
  const stillTold = told.filter(({ path, text: said }) => texts[path] === said)
  for (const { path } of stillTold) set(path, now.find((fault) => fault.path === path)?.text)
  told = now.filter(({ path }) => stillTold.some((fault) => fault.path === path))
  const fault = errorsOf(useWebsite.getState().notes).find(({ path }) => path === left)
  if (fault === undefined || texts[fault.path] !== undefined) return
  set(fault.path, fault.text)
  told = [...told, fault]
}

/** What is missing or wrong on the page, after asking the back end. */
export async function websiteFaults(): Promise<readonly Fault[]> {
  await askAboutWebsite()
  told = currentFaults()
  return told
}

/** By the page's own rules first, then by what the back end said last. */
function currentFaults(): readonly Fault[] {
  const data = useWebsite.getState()
  const own = [...siteFaults(data), ...addressFaults(data), ...certificateFaults(), ...confirmationFaults()]
  const others = errorsOf(data.notes).filter(({ path }) => !own.some((fault) => fault.path === path))
  return [...own, ...others.filter(({ path }) => isAsked(path, data))]
}

/** Whether the page has a field for it now: what nobody can put right must not hold anyone. */
const isAsked = (path: string, { http, https }: WebsiteData): boolean =>
  !(http === 'none' && path.startsWith('website.http.')) && (https || !path.startsWith('website.https.'))

function siteFaults(data: WebsiteData): readonly Fault[] {
  const names = [
    ...needed('website.site', data.site, text.siteName),
    ...judged('website.site', data.site, iisNameFault),
    ...needed('website.pool', data.pool, text.poolName),
    ...judged('website.pool', data.pool, iisNameFault),
  ]
  switch (data.account) {
    case 'ApplicationPoolIdentity':
      return names
    case 'SpecificUser':
      return [
        ...names,
        ...needed('website.identity.user', data.user, text.userName),
        ...needed('website.identity.password', data.password.ref, text.passwordName),
      ]
    case 'gMSA':
      return [
        ...names,
        ...needed('website.identity.user', data.managedUser, text.managedUserName),
        ...judged('website.identity.user', data.managedUser, managedUserFault),
      ]
  }
}

function addressFaults(data: WebsiteData): readonly Fault[] {
  const { https, http, httpsPort, httpPort, hostName, sni, certificate, publicUrl } = data
  const same = https && http !== 'none' && httpPort !== '' && httpPort.trim() === httpsPort.trim()
  return [
    ...(https
      ? [
          ...needed('website.https.port', httpsPort, text.httpsPortName),
          ...judged('website.https.port', httpsPort, portFault),
        ]
      : []),
    ...(http === 'none'
      ? []
      : [
          ...needed('website.http.port', httpPort, text.httpPortName),
          ...judged('website.http.port', httpPort, portFault),
        ]),
    ...(same ? [{ path: 'website.http.port', text: text.samePort }] : []),
    ...(https && sni && hostName === '' ? [{ path: 'website.hostName', text: text.sniNeeds }] : []),
    ...judged('website.hostName', hostName, hostNameFault),
    ...(https && certificate !== 'self-signed' && hostName === '' && publicUrl === ''
      ? [{ path: 'publicUrl', text: text.nameNeeded }]
      : []),
  ]
}

function certificateFaults(): readonly Fault[] {
  const { https, certificate, thumbprint, pfx, development, view } = useWebsite.getState()
  if (!https) return development ? [] : [{ path: 'website.development', text: text.developmentNeeded }]
  if (certificate === 'pfx') return needed('website.https.certificate.file', pfx, text.pfxName)
  if (certificate === 'self-signed') return []
  const fault = (said: string) => [{ path: thumbprintPath, text: said }]
  if (thumbprint === '') return fault(text.storeNeeded)
  if (view === undefined) return []
  const chosen = view.certificates.find((known) => known.thumbprint === thumbprint.toUpperCase())
  if (chosen === undefined) return fault(text.storeGone)
  return chosen.usable ? [] : fault(text.storeUnusable(chosen.why ?? ''))
}

function confirmationFaults(): readonly Fault[] {
  const { inTheWay, takeOver } = useWebsite.getState()
  return inTheWay
    .filter(({ id }) => !takeOver.includes(id))
    .map(({ id }) => ({ path: takeOverPath(id), text: confirmationOf(id) }))
}

/** `site:NAME`, `pool:NAME` or `certificate:ENDPOINT` as a request. */
function confirmationOf(id: string): string {
  const colon = id.indexOf(':')
  return text.confirmNeeded[id.slice(0, colon) as keyof typeof text.confirmNeeded](id.slice(colon + 1))
}
