import type { Answers, WebsiteAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { refused } from './refused.ts'

/** What contradicts itself in the answers for IIS. */
export function websiteProblems({ website, publicUrl }: Answers): Problem[] {
  if (!website) return [refused('website', 'The website is not described.', 'Add “website”.')]
  return [...bindingProblems(website), ...addressProblems(website, publicUrl), ...accountProblems(website)]
}

function bindingProblems({ http, https, hostName, development }: WebsiteAnswers): Problem[] {
  const problems: Problem[] = []
  if (!http && !https)
    problems.push(refused('website.http', 'The website has no binding.', 'Give an HTTPS or HTTP port.'))
  if (http && http.port === https?.port)
    problems.push(
      refused('website.https.port', 'HTTP and HTTPS have the same port.', 'Choose another one for HTTPS.'),
    )
  if (http?.redirect === true && !https)
    problems.push(
      refused('website.http.redirect', 'There is no HTTPS to redirect to.', 'Set up HTTPS, or serve http.'),
    )
  if (https?.sni === true && hostName === undefined)
    problems.push(
      refused(
        'website.hostName',
        'SNI needs a host header: the certificate belongs to a name.',
        'Give the host header, or switch SNI off.',
      ),
    )
  if (!https && http && development !== true)
    problems.push(
      refused(
        'website.development',
        'Over plain http, secrets and tokens cross the network unencrypted.',
        'Set up HTTPS, or confirm that this is a development environment (website.development).',
      ),
    )
  return problems
}

function addressProblems({ https, hostName }: WebsiteAnswers, publicUrl: string | undefined): Problem[] {
  if (https && https.certificate.from !== 'self-signed' && hostName === undefined && publicUrl === undefined)
    return [
      refused(
        'publicUrl',
        'The certificate is issued to a name, and no name is given.',
        'Give the Identity Service URL, such as https://identity.example.com.',
      ),
    ]
  return []
}

/** Built-in accounts have no password, and what cannot be typed into IIS Manager cannot be an account. */
function accountProblems({ identity, site, pool }: WebsiteAnswers): Problem[] {
  const problems: Problem[] = []
  if (identity.account === 'SpecificUser') {
    if (!/^(?:[^\\@/]+\\[^\\@/]+|[^\\@/]+@[^\\@/]+)$/.test(identity.user))
      problems.push(
        refused(
          'website.identity.user',
          `“${identity.user}” is not the name of an account.`,
          'Write it as DOMAIN\\user, .\\user or user@domain.',
        ),
      )
    else if (identity.user.endsWith('$'))
      problems.push(
        refused(
          'website.identity.user',
          'This is a managed service account: Windows keeps its password.',
          'Choose the account kind “gMSA”.',
        ),
      )
  }
  if (`${site} redirect`.length > 64)
    problems.push(
      refused('website.site', 'The name of the website is too long.', 'Use at most 55 characters.'),
    )
  if (/^(DefaultAppPool|\.NET v\d)/i.test(pool))
    problems.push(
      refused(
        'website.pool',
        `${pool} is a pool that comes with IIS and is shared.`,
        'Give the Identity Service a pool of its own.',
      ),
    )
  return problems
}
