import type { WebsiteAnswers } from '../../electron/contract/answers.ts'
import { given, givenNumber, givenSecret, givenYes, type Draft } from './given.ts'
import { noSecret, slotOf } from './secret-slot.ts'
import { emptyWebsite, type WebsiteData } from './website.ts'

/** The part of the answers about the site, as far as it is typed. */
export function websiteDraft(data: WebsiteData): Draft {
  return {
    ...given('site', data.site),
    ...given('pool', data.pool),
    identity: identityDraft(data),
    ...given('hostName', data.hostName),
    ...(data.http === 'none'
      ? {}
      : {
          http: {
            ...givenNumber('port', data.httpPort),
            ...givenYes('redirect', data.http === 'redirect'),
          },
        }),
    ...(data.https
      ? {
          https: {
            ...givenNumber('port', data.httpsPort),
            ...givenYes('sni', data.sni),
            certificate: certificateDraft(data),
          },
        }
      : {}),
    ...givenYes('firewall', data.firewall),
    ...givenYes('development', data.development),
    ...(data.takeOver.length === 0 ? {} : { takeOver: data.takeOver }),
  }
}

function identityDraft({ account, user, password, managedUser }: WebsiteData): Draft {
  switch (account) {
    case 'ApplicationPoolIdentity':
      return { account }
    case 'SpecificUser':
      return { account, ...given('user', user), ...givenSecret('password', password) }
    case 'gMSA':
      return { account, ...given('user', managedUser) }
  }
}

function certificateDraft({ certificate, thumbprint, pfx, pfxPassword }: WebsiteData): Draft {
  switch (certificate) {
    case 'store':
      return { from: certificate, ...given('thumbprint', thumbprint) }
    case 'pfx':
      return { from: certificate, ...given('file', pfx), ...givenSecret('password', pfxPassword) }
    case 'self-signed':
      return { from: certificate }
  }
}

/** The page's fields for complete answers. */
export function websiteData(answers: WebsiteAnswers): WebsiteData {
  const { identity, http, https } = answers
  const certificate = https?.certificate
  return {
    ...emptyWebsite,
    site: answers.site,
    pool: answers.pool,
    account: identity.account,
    ...(identity.account === 'SpecificUser'
      ? { user: identity.user, password: slotOf(identity.password) }
      : {}),
    ...(identity.account === 'gMSA' ? { managedUser: identity.user } : {}),
    hostName: answers.hostName ?? '',
    https: https !== undefined,
    httpsPort: https === undefined ? '' : String(https.port),
    sni: https?.sni ?? false,
    certificate: certificate?.from ?? 'store',
    thumbprint: certificate?.from === 'store' ? certificate.thumbprint : '',
    pfx: certificate?.from === 'pfx' ? certificate.file : '',
    pfxPassword: certificate?.from === 'pfx' ? slotOf(certificate.password) : noSecret,
    http: httpChoice(answers),
    httpPort: http === undefined ? '' : String(http.port),
    firewall: answers.firewall ?? false,
    development: answers.development ?? false,
    takeOver: answers.takeOver ?? [],
  }
}

/** Without HTTPS there is plain http and nothing to redirect to; a port that the answers do not name is then asked for. */
function httpChoice({ http, https }: WebsiteAnswers): WebsiteData['http'] {
  if (https === undefined) return 'keep'
  if (http === undefined) return 'none'
  return http.redirect === true ? 'redirect' : 'keep'
}
