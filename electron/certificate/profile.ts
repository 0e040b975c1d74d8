import type { PfxProfile } from '../contract/certificate.ts'

/** Windows Server 2019, and Windows 10 1809: the first that open a PFX with AES-256 and a SHA-256 MAC. */
const FIRST_BUILD_WITH_AES = 17_763

export interface ProfileChoice {
  readonly suggested: PfxProfile
  /** For the installer, who may know better. */
  readonly why: string
}

/**
 * How the PFX should be encrypted for where the service runs.
 * @param windowsBuild of that Windows, such as 14393 for Windows Server 2016; undefined for containers, and where it is
 *   not known
 */
export function profileFor(windowsBuild: number | undefined): ProfileChoice {
  if (windowsBuild === undefined)
    return {
      suggested: 'AES-256',
      why: 'AES-256 is read in containers, and by Windows Server 2019 and later; 3DES is for an older Windows.',
    }
  return windowsBuild < FIRST_BUILD_WITH_AES
    ? {
        suggested: '3DES',
        why: `This Windows (build ${windowsBuild}) is older than Windows Server 2019 and takes a PFX with AES-256 for one with a wrong password.`,
      }
    : { suggested: 'AES-256', why: `This Windows (build ${windowsBuild}) reads AES-256.` }
}
