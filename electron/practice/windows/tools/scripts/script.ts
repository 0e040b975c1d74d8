import type { SimulatedServer } from '../../tool.ts'
import { win32Text } from '../win32-errors.ts'

/** A JSON document. */
export type Json = Readonly<Record<string, unknown>>

/** What a script does with its question. Rejects with {@link DotNetException} where .NET would throw. */
export type Script = (question: Json, server: SimulatedServer) => Promise<Json> | Json

/** An exception as the frame of the scripts reports it. */
export class DotNetException extends Error {
  readonly type: string
  /** Signed, as .NET holds it. */
  readonly hresult: number
  /** Win32 error code, for the types that have one. */
  readonly native: number | null

  constructor(type: string, hresult: number, message: string, native: number | null = null) {
    super(message)
    this.type = type
    this.hresult = hresult | 0
    this.native = native
  }
}

/** `Win32Exception`: what starting a process throws. */
export function win32Exception({ state }: SimulatedServer, error: number): DotNetException {
  return new DotNetException(
    'System.ComponentModel.Win32Exception',
    0x80004005,
    win32Text(error, state.system.language),
    error,
  )
}

/** `CryptographicException` for a Win32 error. */
export function cryptographicException({ state }: SimulatedServer, error: number): DotNetException {
  return new DotNetException(
    'System.Security.Cryptography.CryptographicException',
    0x80070000 | error,
    win32Text(error, state.system.language),
  )
}

export function textIn(question: Json, name: string): string {
  const value = question[name]
  return typeof value === 'string' ? value : ''
}
