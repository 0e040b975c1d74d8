import type { CertificateLook } from '../../../electron/contract/certificate.ts'
import { useCertificate } from '../../../renderer/store/certificate.ts'
import { useMachine } from '../../../renderer/store/machine.ts'
import {
  certificateOptions,
  issued,
  keylessLook,
  olderOptions,
  pendingRequest,
  protectedLook,
  unfitLook,
  wrongPasswordLook,
} from './sample-certificates.ts'
import { never, refuse } from './scripted.ts'
import { click, filled, type State } from './state.ts'

const soon = (ms = 80) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const waiting = { ...certificateOptions, requests: [pendingRequest] }

/** The page with a file chosen, as the back end sees it. */
const chosen = (look: CertificateLook, password = ''): State => ({
  page: 'certificate',
  script: { 'certificate.look': () => look, 'certificate.options': () => waiting },
  prepare: async () => {
    await filled()
    useCertificate.getState().change({
      from: 'file',
      file: look.file,
      ...(password === '' ? {} : { password: { ref: 'vault:certificate.password', length: 11 } }),
    })
  },
  after: () => soon(),
})

const withPem = async (password: string) => {
  useCertificate.getState().change({ pem: true, cer: true })
  await soon()
  if (password !== '') {
    useCertificate.getState().change({ pemPassword: { ref: 'vault:certificate.pem.password', length: 8 } })
    await useCertificate.getState().judge(password)
  }
  await soon()
  document.querySelector('.further')?.scrollIntoView({ block: 'end' })
}

const openRequest = async () => {
  await soon()
  click('.requests-head button')
  await soon()
}

const typed = (id: string, value: string) => {
  const input = document.getElementById(id) as HTMLInputElement
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, value)
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

/** The page Certificate: made anew, taken from a file, asked for at an authority. */
export const certificateStates: Readonly<Record<string, State>> = {
  'certificate-ecdsa': {
    page: 'certificate',
    prepare: async () => {
      await filled()
      useCertificate.getState().change({ key: 'ECDSA-P256' })
    },
  },
  'certificate-older': {
    page: 'certificate',
    prepare: filled,
    script: { 'certificate.options': () => olderOptions },
    after: () => useCertificate.getState().openFurther(true),
  },
  'certificate-pem-weak': {
    page: 'certificate',
    prepare: filled,
    after: async () => {
      await withPem('password')
      click('#next')
    },
  },
  'certificate-pem': {
    page: 'certificate',
    prepare: filled,
    after: async () => {
      await withPem('')
      await useCertificate.getState().generate()
      click('[aria-label="Copy Password of openssl.key"]')
      await soon()
      document.querySelector('.further')?.scrollIntoView({ block: 'end' })
    },
  },
  'certificate-limits': {
    page: 'certificate',
    prepare: async () => {
      await filled()
      useCertificate.getState().change({ days: '40000', subject: '' })
    },
    after: () => click('#next'),
  },
  'certificate-file': {
    page: 'certificate',
    prepare: filled,
    after: () => useCertificate.getState().change({ from: 'file' }),
  },
  'certificate-file-issued': chosen(issued, 'held'),
  'certificate-file-details': {
    ...chosen(issued, 'held'),
    after: async () => {
      await soon()
      document.querySelector('.requests-head')?.scrollIntoView({ block: 'end' })
    },
  },
  'certificate-file-protected': chosen(protectedLook),
  'certificate-file-password': {
    ...chosen(wrongPasswordLook, 'held'),
    script: { 'certificate.look': () => wrongPasswordLook },
    after: async () => {
      await soon()
      click('#next')
    },
  },
  'certificate-file-keyless': chosen(keylessLook),
  'certificate-file-unfit': {
    ...chosen(unfitLook, 'held'),
    after: async () => {
      await soon()
      click('#next')
    },
  },
  'certificate-file-refused': {
    ...chosen(issued),
    script: {
      'certificate.look': ({ file }) =>
        refuse({
          code: 'files.no-access',
          what: 'The file may not be read.',
          where: { file },
          next: 'Give your account the right to read it, or copy it to a folder of your own.',
          untouched: 'Nothing was changed.',
        }),
    },
  },
  'certificate-file-looking': {
    ...chosen(issued),
    script: { 'certificate.look': never },
  },
  'certificate-requests': {
    page: 'certificate',
    prepare: filled,
    script: { 'certificate.options': () => waiting },
    after: async () => {
      useCertificate.getState().change({ from: 'file' })
      useMachine.setState(({ host }) => ({ host: { ...host, dialogs: false } }))
      await soon()
      click('.request button')
    },
  },
  'certificate-forget': {
    page: 'certificate',
    prepare: filled,
    script: { 'certificate.options': () => waiting },
    after: async () => {
      useCertificate.getState().change({ from: 'file' })
      await soon()
      click('.request button:last-child')
    },
  },
  'certificate-request': {
    page: 'certificate',
    prepare: filled,
    after: async () => {
      useCertificate.getState().change({ from: 'file' })
      await openRequest()
    },
  },
  'certificate-request-making': {
    page: 'certificate',
    prepare: filled,
    script: { 'certificate.request': never },
    after: async () => {
      useCertificate.getState().change({ from: 'file' })
      await openRequest()
      typed('request.folder', 'C:\\Users\\a.martin\\Documents')
      await soon()
      click('.dialog .primary')
      await soon(400)
    },
  },
  'certificate-request-made': {
    page: 'certificate',
    prepare: filled,
    after: async () => {
      useCertificate.getState().change({ from: 'file' })
      await openRequest()
      typed('request.folder', 'C:\\Users\\a.martin\\Documents')
      await soon()
      click('.dialog .primary')
      await soon()
    },
  },
}
