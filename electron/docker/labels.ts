/** Labels by which this program knows its own images and containers again. */
export const CONTEXT_LABEL = 'creatio.identity-setup.context'
export const SPEC_LABEL = 'creatio.identity-setup.spec'

/** Thumbprint of the certificate that a container was made to take up. */
export const CERTIFICATE_LABEL = 'creatio.identity-setup.certificate'

/** How something found compares with what is wanted; `foreign` is not this program's and never touched. */
export type Likeness = 'absent' | 'as-wanted' | 'differs' | 'foreign'
