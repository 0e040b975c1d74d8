import { hostname } from 'node:os'
import type { WebsiteAnswers } from '../../contract/answers.ts'
import { problemOf } from '../../contract/problem.ts'
import type { FieldNote, WebsiteNotes } from '../../contract/views.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { printBinding } from '../../iis/binding.ts'
import { same } from '../../iis/config-element.ts'
import { loginOfPool } from '../../iis/database-login.ts'
import { endpointOf, nameOfCallers } from '../../iis/endpoint.ts'
import { portConflict } from '../../iis/port-conflict.ts'
import { redirectSiteName } from '../../iis/redirect.ts'
import type { Machine } from '../../machine/machine.ts'
import { madeBefore } from '../../scenarios/new-installation/made-before.ts'
import { listMachineCertificates } from '../../windows/certificates.ts'
import { judgeForHttps } from '../../windows/judge-certificate.ts'
import { findSslBinding } from '../../windows/ssl-binding-list.ts'
import { lenient, type Draft } from './draft.ts'
import type { WizardState } from './state.ts'
import { lookAtIisObjects, type IisObjects } from './website-objects.ts'

/** What is to be said about what was typed on the Website page. */
export async function checkWebsite(state: WizardState, draft: Draft): Promise<WebsiteNotes> {
  const answers = lenient(draft, state.machine.platform)
  const { website, publicUrl, service } = answers
  if (!website) return { notes: [], takeOver: [] }
  const machine = state.session.machineOf(answers)
  const [iis, login, own] = await Promise.all([
    lookAtIisObjects(state, machine, draft),
    loginNote(state, draft, website),
    madeBefore(machine, state.session.stateFolder, service.target),
  ])
  const [ports, names, takeOver] = await Promise.all([
    portNotes(machine, website, iis),
    nameNotes(machine, website, publicUrl),
    inTheWay(machine, website, iis, own),
  ])
  return { notes: [...ports, ...names], ...(login ? { login } : {}), takeOver }
}

/**
 * What someone else made and this setup would change, each to be confirmed by its name.
 * @param own what earlier setups into the same folder made
 */
async function inTheWay(
  machine: Machine,
  website: WebsiteAnswers,
  { sites, pools }: IisObjects,
  own: ReadonlySet<string>,
): Promise<WebsiteNotes['takeOver']> {
  const isForeign = (thing: string) => !own.has(thing.toLowerCase())
  const site = sites.find(({ name }) => same(name, website.site) && isForeign(`site:${name}`))
  const pool = pools.find(({ name }) => same(name, website.pool) && isForeign(`pool:${name}`))
  const { endpoint } = endpointOf(website)
  const bound = website.https ? await findSslBinding(machine, endpoint) : undefined
  const chosen = website.https?.certificate
  const differs = bound && !(chosen?.from === 'store' && same(chosen.thumbprint, bound.thumbprint))
  return [
    ...(site
      ? [
          {
            id: `site:${site.name}`,
            text: `Change the website ${site.name} (${site.bindings.map(printBinding).join(', ')}; ${site.folder})`,
          },
        ]
      : []),
    ...(pool ? [{ id: `pool:${pool.name}`, text: `Change the application pool ${pool.name}` }] : []),
    ...(differs && isForeign(`certificate:${endpoint}`)
      ? [
          {
            id: `certificate:${endpoint}`,
            text: `Replace the certificate ${bound.thumbprint} of ${endpoint}, also for other websites there`,
          },
        ]
      : []),
  ]
}

async function portNotes(
  machine: Machine,
  { site, http, https, hostName = '' }: WebsiteAnswers,
  { sites, unknown }: IisObjects,
): Promise<FieldNote[]> {
  const wanted = { host: hostName, own: [site, redirectSiteName(site)] }
  const fields = [
    ['website.http.port', http?.port],
    ['website.https.port', https?.port],
  ] as const
  const notes = fields.map(async ([field, port]): Promise<FieldNote[]> => {
    if (port === undefined) return []
    const conflict = await portConflict(machine, { ...wanted, port }, unknown ? undefined : sites)
    return conflict === undefined ? [] : [{ field, level: 'error', text: conflict }]
  })
  return (await Promise.all(notes)).flat()
}

/** Whether the chosen certificate holds for the name that callers will use. */
async function nameNotes(
  machine: Machine,
  website: WebsiteAnswers,
  publicUrl: string | undefined,
): Promise<FieldNote[]> {
  const { https } = website
  if (https?.certificate.from !== 'store') return []
  const { thumbprint } = https.certificate
  const certificate = (await listMachineCertificates(machine)).find((each) =>
    same(each.thumbprint, thumbprint),
  )
  const field = 'website.https.certificate.thumbprint'
  if (!certificate)
    return [{ field, level: 'error', text: 'This certificate is no longer in the machine’s store.' }]
  const name = nameOfCallers(website, publicUrl)
  const { usable, why } = judgeForHttps(certificate, name, machine.clock.now())
  return usable || why === undefined ? [] : [{ field, level: 'error', text: why }]
}

/** Whom SQL Server will see, when the connection string asks for Windows login. */
async function loginNote(
  state: WizardState,
  draft: Draft,
  { pool, identity }: WebsiteAnswers,
): Promise<WebsiteNotes['login']> {
  const answers = lenient(draft, state.machine.platform)
  if (JSON.stringify(draft['database']) !== JSON.stringify(answers.database)) return undefined
  const database = await state.databaseOf(answers).catch(problemOf)
  if (!('connectionString' in database)) return undefined
  const {
    windowsLogin,
    server,
    database: name,
  } = parseConnectionString(database.connectionString, database.provider)
  if (!windowsLogin) return undefined
  return loginOfPool({ pool, identity, server, database: name, machineName: hostname() })
}
