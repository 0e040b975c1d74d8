import type { Answers, WebsiteAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { refused } from '../refused.ts'

/** What contradicts itself in the answers for IIS. */
export function websiteProblems({ website, publicUrl, service }: Answers): Problem[] {
  if (!website) return [refused('website', 'The website is not described.', 'Add “website”.')]
  return [
    ...bindingProblems(website),
    ...addressProblems(website, publicUrl),
    ...accountProblems(website),
    ...folderProblems(service.target),
  ]
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

/**
 * A folder that Windows cannot have, or that IIS reads as another one: it expands variables in physical paths.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/sites/site/application/virtualdirectory
 */
function folderProblems(folder: string): Problem[] {
  const flaw = folderFlaw(folder.replace(/^[A-Za-z]:/, ''))
  return flaw === undefined ? [] : [refused('service.target', flaw, 'Choose another folder.')]
}

function folderFlaw(path: string): string | undefined {
  if (/["<>|?*:]/.test(path)) return 'The name of a folder holds a character that Windows does not allow.'
  if (/%[^%\\/]+%/.test(path)) return 'IIS takes what stands between percent signs for a variable.'
  const names = path.split(/[\\/]/)
  if (names.some((name) => /[ .]$/.test(name)))
    return 'Windows does not keep a blank or a point at the end of a name.'
  if (names.some((name) => name.length > 255)) return 'A name of the folder is longer than 255 characters.'
  return undefined
}
