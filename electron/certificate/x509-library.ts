import type { SubjectPart } from './subject.ts'

/** The library that writes certificates and requests, loaded when first needed. */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  // The library's dependency injection needs the metadata API before it loads.
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** A subject as the library takes it. X.500 counts from the country down, people write it the other way round. */
export function nameOf(subject: readonly SubjectPart[]) {
  return subject.toReversed().map(({ type, value }) => ({
    [type]: [type === 'C' ? { printableString: value } : { utf8String: value }],
  }))
}
