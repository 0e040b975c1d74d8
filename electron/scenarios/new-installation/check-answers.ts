import type { Answers } from '../../contract/answers.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { clientValueProblems } from '../client-values.ts'
import { partPath, refused } from '../refused.ts'
import { signingCertificateProblems } from '../signing-certificate/check.ts'
import { websiteProblems } from './check-website.ts'
import { readOptions } from '../../database/connection/connection-string.ts'
import { isSecretKeyword, partOf } from '../../database/connection/keywords.ts'

/** What the schema cannot say: answers that contradict each other, or that no machine could carry out. */
export function contradictions(answers: Answers): readonly Problem[] {
  return [
    ...practiceProblems(answers),
    ...(answers.hosting === 'docker' ? containerProblems(answers) : websiteProblems(answers)),
    ...optionProblems(answers),
    ...newDatabaseProblems(answers),
    ...pathProblems(answers),
    ...urlProblems(answers),
    ...clientProblems(answers),
    ...signingCertificateProblems(answers.certificate),
  ]
}

function practiceProblems({ hosting, practice, database, creatio, service }: Answers): Problem[] {
  const problems: Problem[] = []
  if (database.from === 'creatio' && !creatio)
    problems.push(
      refused('creatio', 'Creatio’s folder is missing.', 'Name it, or give the database another way.'),
    )
  if (practice === true) {
    if (hosting === 'docker')
      problems.push(
        refused(
          'practice',
          'A practice run is under IIS, on a Windows that is simulated.',
          'Set hosting to “iis”.',
        ),
      )
    return problems
  }
  if (database.from === 'practice')
    problems.push(
      refused('database.from', 'Only a practice run has a database of its own.', 'Name a database.'),
    )
  if (service.source === undefined)
    problems.push(
      refused('service.source', 'The archive is missing.', 'Name IdentityService.zip or its folder.'),
    )
  return problems
}

function containerProblems({ container }: Answers): Problem[] {
  if (!container) return [refused('container', 'The container is not described.', 'Add “container”.')]
  const problems: Problem[] = []
  if (container.httpPort === undefined && !container.https)
    problems.push(
      refused('container.httpPort', 'The container publishes no port.', 'Give an HTTP or HTTPS port.'),
    )
  if (container.httpPort !== undefined && container.httpPort === container.https?.port)
    problems.push(
      refused('container.https.port', 'HTTP and HTTPS have the same port.', 'Choose another one for HTTPS.'),
    )
  if (container.settings === 'dockerfile-env' && container.acceptSecretsInImage !== true)
    problems.push(
      refused(
        'container.acceptSecretsInImage',
        'Settings as ENV in the Dockerfile put the client secret and the database password into the image.',
        'Use “mounted-file”, or set acceptSecretsInImage to true.',
      ),
    )
  return problems
}

/** Options of the connection that are answers of their own would be lost, and secrets would stand in the answers. */
function optionProblems({ database }: Answers): Problem[] {
  if ((database.from !== 'fields' && database.from !== 'new') || database.options === undefined) return []
  try {
    const misplaced = readOptions(database.options).filter(
      ({ keyword }) => partOf(keyword) !== undefined || isSecretKeyword(keyword),
    )
    return misplaced.map(({ keyword }) =>
      refused(
        'database.options',
        `“${keyword}” does not belong into the options.`,
        isSecretKeyword(keyword)
          ? 'Remove it; secrets are given as references, such as database.password.'
          : 'Remove it, and use the answer of that name.',
      ),
    )
  } catch (error) {
    const { what, next } = problemOf(error)
    return [refused('database.options', what, next)]
  }
}

/** The service’s login is to have rights in its own database only. */
function newDatabaseProblems({ database }: Answers): Problem[] {
  if (database.from !== 'new' || database.user !== database.administrator.user) return []
  return [
    refused(
      'database.user',
      'The login of the service is that of the administrator, who may do more than the service needs.',
      'Name a login of its own; this setup makes it.',
    ),
  ]
}

function pathProblems({ service, creatio, container, website, logging }: Answers): Problem[] {
  const certificate = website?.https?.certificate
  const paths = {
    'service.source': service.source,
    'service.target': service.target,
    'creatio.folder': creatio?.folder,
    'container.https.certificate': container?.https?.certificate,
    'logging.stdoutLogFile': logging.stdoutLogFile,
    'website.https.certificate.file': certificate?.from === 'pfx' ? certificate.file : undefined,
  }
  return Object.entries(paths).flatMap(([path, value]) => partPath(path, value))
}

function urlProblems({ publicUrl }: Answers): Problem[] {
  if (publicUrl === undefined) return []
  const flaw = urlFlaw(publicUrl)
  if (flaw === undefined) return []
  return [refused('publicUrl', flaw, 'Write it as https://identity.example.com or http://server:8090.')]
}

/** What keeps an Identity Service URL from being one, or undefined. Creatio was unusable with an ill-formed one before 8.3.1. */
function urlFlaw(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return 'The Identity Service URL does not start with http:// or https://.'
  if (/[\s\\"'<>{}|^`]/.test(text)) return 'The Identity Service URL has a character that URLs cannot have.'
  if (!URL.canParse(text)) return 'The Identity Service URL is not a URL.'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    return 'The Identity Service URL holds a user name or password.'
  if (url.search !== '' || url.hash !== '') return 'The Identity Service URL has a query or fragment.'
  return undefined
}

function clientProblems({ client }: Answers): readonly Problem[] {
  const grants =
    client.grantTypes && !client.grantTypes.includes('client_credentials')
      ? [
          refused(
            'client.grantTypes',
            'Without client_credentials Creatio gets no token.',
            'Add client_credentials.',
          ),
        ]
      : []
  return [...clientValueProblems(client), ...grants]
}
