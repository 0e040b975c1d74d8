import type { RawTool } from './server.ts'

/** What the calls are about. All of it belongs to the recorder. */
export interface Place {
  /** A folder in which nothing but the files below lies. */
  readonly folder: string
  /** A file in it. */
  readonly file: string
  /** Free. */
  readonly port: number
  /** Taken by the recorder itself. */
  readonly takenPort: number
  /** Base64 of a PFX without a password. */
  readonly pfx: string
  /** Signing certificates as PFX files without a password. */
  readonly signing: {
    readonly aes256: string
    readonly tripleDes: string
    readonly ecdsa: string
  }
  /** An installer of the hosting bundle. */
  readonly bundle: string
}

/** One call of a tool, or one request. They are made in the order in which they stand. */
export type Recording = { readonly name: string } & (
  | {
      readonly tool: RawTool
      readonly args: (place: Place) => readonly string[]
      readonly stdin?: (place: Place) => string
      /** A file that the call writes, kept with its answer. */
      readonly writes?: (place: Place) => string
    }
  | { readonly request: (place: Place) => string }
)
