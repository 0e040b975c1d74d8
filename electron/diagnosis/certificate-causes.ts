import type { Cause } from './cause.ts'

/** The signing certificate: found, readable, openable, usable. */
export const certificateCauses: readonly Cause[] = [
  {
    id: 'certificate.curve',
    signs: [/Invalid curve for signing algorithm/],
    cause: () =>
      'The certificate has an EC key whose curve does not fit the algorithm the service signs with.',
    remedy: () => ({
      text: 'Replace the certificate by one with an RSA key (any version), or with an EC key on P-256 (Creatio 8.2.3 and later).',
    }),
  },
  {
    id: 'certificate.ec-with-rs256',
    signs: [/IDX10634/],
    cause: () =>
      'The service signs with RS256, as it does before Creatio 8.2.3, and its certificate has an EC key. It starts and publishes the key, and fails at each token.',
    remedy: () => ({ text: 'Replace the certificate by one with an RSA key, then restart the service.' }),
  },
  {
    id: 'certificate.no-private-key',
    signs: [/X509 certificate does not have a private key/],
    cause: () =>
      'The file in X509CertificatePath holds a certificate without its private key, as a CRT file does.',
    remedy: () => ({
      text: 'Export the certificate together with its private key as a PFX file without a password, or make a new one.',
    }),
  },
  {
    id: 'certificate.password',
    signs: [/certificate data cannot be read with the provided password/],
    cause: () => 'The PFX file has a password, and the service opens it without one.',
    remedy: () => ({
      text: 'Export the certificate again without a password, and let only the account of the service read the file.',
    }),
  },
  {
    id: 'certificate.password-or-cipher',
    signs: [/The specified network password is not correct/],
    cause: () =>
      'The PFX file has a password; or this Windows (Server 2016 and older) cannot read its AES-256 protection and says so in these words.',
    remedy: () => ({
      text: 'Export the certificate again without a password; on Windows Server 2016 with TripleDES-SHA1 protection.',
    }),
    see: 'https://github.com/openssl/openssl/issues/27035',
  },
  {
    id: 'certificate.empty-file',
    signs: [/EndOfStreamException: Unable to read beyond the end of the stream/],
    cause: () => 'The PFX file is empty.',
    remedy: () => ({ text: 'Put the certificate there again, or make a new one.' }),
  },
  {
    id: 'certificate.damaged',
    signs: [
      /CryptographicException: ASN1 corrupted data/,
      /CryptographicException: Cannot find the requested object/,
    ],
    cause: () => 'The file in X509CertificatePath is not a PFX file, or it is damaged.',
    remedy: () => ({ text: 'Put a PFX file there, or make a new certificate.' }),
  },
  {
    id: 'certificate.missing',
    signs: [
      /BIO routines::no such file/,
      /^(?!.*load file or assembly).*The system cannot find the file specified/,
    ],
    cause: () =>
      'The PFX file is not where X509CertificatePath says, or that setting is empty. Under IIS the same words appear when the pool does not load the user profile.',
    remedy: () => ({
      text: 'Check X509CertificatePath in appsettings.json: the full path as the service sees it, in a container /app/openssl.pfx. Under IIS set Load User Profile to True.',
    }),
  },
  {
    id: 'certificate.user-profile',
    signs: [/Keyset does not exist/],
    cause: () =>
      'Windows has no place for the private key, because the application pool does not load a user profile.',
    remedy: () => ({ text: 'Set Load User Profile to True on the application pool, then start it again.' }),
    see: 'https://github.com/dotnet/runtime/issues/59329',
  },
  {
    id: 'certificate.unreadable',
    signs: [
      /BIO routines::system lib/,
      /Access to the path '(?<path>[^']+\.pfx)' is denied/,
      /CryptographicException: Access is denied/,
    ],
    cause: () =>
      'The account of the service may not read the PFX file, or a folder stands in its place: Docker makes one when the file to be mounted does not exist.',
    remedy: () => ({
      text: 'Give the account of the service the right to read the file; with Docker, check that the mounted path is a file on the host.',
    }),
  },
]
