import type { Machine } from '../../machine/machine.ts'

/** What tells whether the service can sign with ECDSA. */
export interface EcdsaEvidence {
  /** Of the shared framework that the service needs, such as `8.0.10`. */
  readonly runtimeVersion?: string
  /** Such as `8.2.3.1158`. */
  readonly creatioVersion?: string
}

/**
 * What is known of the service's version. What cannot be read is left out. Never rejects.
 * @param where folder of the service, or the archive; and Creatio's folder, where it is known
 */
export async function ecdsaEvidence(
  _machine: Machine,
  _where: { readonly service: string; readonly creatioFolder?: string | undefined },
): Promise<EcdsaEvidence> {
  return {}
}

/** The build of this Windows, such as 17763 of Server 2019; undefined where this is no Windows, or it does not say. */
export async function windowsBuild(_machine: Machine): Promise<number | undefined> {
  return undefined
}
