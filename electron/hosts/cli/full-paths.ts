import { resolve } from 'node:path'
import type { Answers, ReplaceCertificateAnswers, SetupAnswers } from '../../contract/answers.ts'
import type { SigningCertificateAnswers } from '../../contract/certificate.ts'

type Full = (path: string) => string

/** Answers whose relative paths count from a folder. */
export function withFullPaths(answers: SetupAnswers, base: string): SetupAnswers {
  const full = (path: string) => resolve(base, path)
  switch (answers.scenario) {
    case 'new-installation':
      return newInstallation(answers, full)
    case 'replace-certificate':
      return replaceCertificate(answers, full)
    case 'change-client':
      return { ...answers, installation: installation(answers, full) }
  }
}

function newInstallation(answers: Answers, full: Full): Answers {
  const { service, creatio, container, website } = answers
  const pfx = website?.https?.certificate
  return {
    ...answers,
    service: {
      ...service,
      ...(service.source === undefined ? {} : { source: full(service.source) }),
      target: full(service.target),
    },
    certificate: signingCertificate(answers.certificate, full),
    ...(creatio ? { creatio: { folder: full(creatio.folder) } } : {}),
    ...(container?.https?.certificate === undefined
      ? {}
      : {
          container: {
            ...container,
            https: { ...container.https, certificate: full(container.https.certificate) },
          },
        }),
    ...(pfx?.from === 'pfx'
      ? {
          website: {
            ...website!,
            https: { ...website!.https!, certificate: { ...pfx, file: full(pfx.file) } },
          },
        }
      : {}),
  }
}

function replaceCertificate(answers: ReplaceCertificateAnswers, full: Full): ReplaceCertificateAnswers {
  const { certificate, path } = answers
  return {
    ...answers,
    installation: installation(answers, full),
    certificate: signingCertificate(certificate, full),
    ...(path === undefined ? {} : { path: full(path) }),
  }
}

function installation<T extends { readonly target: string }>(
  { installation: named }: { readonly installation: T },
  full: Full,
): T {
  return { ...named, target: full(named.target) }
}

function signingCertificate(certificate: SigningCertificateAnswers, full: Full): SigningCertificateAnswers {
  if (certificate.from === 'new') return certificate
  const { file, privateKey } = certificate
  return {
    ...certificate,
    file: full(file),
    ...(privateKey === undefined ? {} : { privateKey: full(privateKey) }),
  }
}
