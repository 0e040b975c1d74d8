/** Whether the service can sign by ECDSA. */
export interface EcdsaSupport {
  readonly offered: boolean
  /** Whether that is known, or only likely. */
  readonly certain: boolean
  /** One sentence. */
  readonly why: string
}

/**
 * Judges by versions whether the service signs by ECDSA: it does from Creatio 8.2.3 on (release notes of 8.2.3). An
 * older one starts with such a certificate and answers every token request with an error.
 *
 * @param runtimeVersion of the service's own .NET, such as `8.0.10`
 * @param creatioVersion such as `8.3.2`
 */
export function ecdsaSupport(versions: {
  readonly runtimeVersion?: string
  readonly creatioVersion?: string
}): EcdsaSupport {
  const { runtimeVersion, creatioVersion } = versions
  const runtime = numbersOf(runtimeVersion)
  const creatio = numbersOf(creatioVersion)
  if (runtime && runtime[0]! < 8)
    return {
      offered: false,
      certain: true,
      why: `The service is built for .NET ${runtime[0]}; ECDSA came with Creatio 8.2.3, which is built for .NET 8.`,
    }
  if (creatio) {
    const offered = isAtLeast(creatio, [8, 2, 3])
    return {
      offered,
      certain: true,
      why: `The service of Creatio ${creatioVersion} ${offered ? 'supports' : 'does not support'} ECDSA; it came with 8.2.3.`,
    }
  }
  if (runtime)
    return {
      offered: true,
      certain: false,
      why: 'ECDSA came with Creatio 8.2.3; 8.2.1 and 8.2.2 are built for .NET 8 too and cannot sign with it.',
    }
  return {
    offered: false,
    certain: false,
    why: 'ECDSA came with Creatio 8.2.3, and the version of this service is not known.',
  }
}

function numbersOf(version: string | undefined): readonly number[] | undefined {
  const [, numbers] = /^\s*v?(\d+(?:\.\d+)*)/.exec(version ?? '') ?? []
  return numbers?.split('.').map(Number)
}

function isAtLeast(version: readonly number[], least: readonly number[]): boolean {
  const at = least.findIndex((number, index) => (version[index] ?? 0) !== number)
  return at < 0 || (version[at] ?? 0) > least[at]!
}
