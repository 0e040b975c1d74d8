import type { Secret } from '../secrets/secret.ts'

/**
 * How a script does what a step does. Data: no text of a shell in it, and no secret, but the places where one goes.
 * What a call names are the functions of a library that goes into the script.
 */
export type ScriptPart = NativeCommand | FilePatch | ScriptCheck | FunctionCall | ScriptNote

/** One of Windows’ own programs. It has done its work when it ends with 0. */
export interface NativeCommand {
  readonly part: 'command'
  /** Below the Windows folder, such as `System32\icacls.exe`. */
  readonly program: string
  readonly args: readonly (string | ValueArgument)[]
  /** Fed to standard input. ASCII once its secrets are spelled. */
  readonly input?: Template
}

/** An argument whose end is known only when the script runs. */
interface ValueArgument {
  readonly prefix: string
  readonly value: FunctionCall
}

/** A text file of UTF-8 in which single places change. Any other file is refused when the script runs. */
export interface FilePatch {
  readonly part: 'patch'
  readonly file: string
  /** SHA-256 of the file that the edits are made for, lower-case hex. */
  readonly sha256: string
  /** Only administrators and Windows may read it, from before it is written. */
  readonly private: boolean
  /** In order. Offsets are UTF-16 units of the text without its byte order mark. */
  readonly edits: readonly PatchEdit[]
}

export interface PatchEdit {
  readonly offset: number
  readonly length: number
  readonly text: Template
}

/** A function of the library with named parameters. */
export interface FunctionCall {
  readonly part: 'call'
  readonly name: string
  readonly parameters: Readonly<Record<string, ScriptValue>>
}

/** A call that looks before anything is changed, and stops the script where something is in the way. */
export interface ScriptCheck {
  readonly part: 'check'
  readonly call: FunctionCall
}

/** What the script leaves undone, as a comment. */
interface ScriptNote {
  readonly part: 'note'
  readonly text: string
}

/** A secret stands for itself, protected as PowerShell holds it: only functions that take it so may be given it. */
export type ScriptValue = string | number | readonly string[] | ScriptSecret

/** A secret that the script asks for once, or makes. */
export interface ScriptSecret {
  /** Name of its variable, such as `databasePassword`: equal names mean the same secret. */
  readonly name: string
  /** `make`: the setup made it itself, and so does the script. */
  readonly from: 'ask' | 'make'
  /** What it is, in a few words: the prompt. */
  readonly what: string
  /** Shown at the end, because it has to be entered elsewhere. */
  readonly shown?: boolean
}

/** Text with places for secrets. */
export type Template = readonly (string | SpelledSecret)[]

export interface SpelledSecret {
  readonly secret: ScriptSecret
  /** What is made of it before it goes into the text, the first first. */
  readonly spelled: readonly Spelling[]
}

/**
 * `json`: inside a JSON string. `xml`: an attribute’s value, in ASCII. `connection`: a value of a connection string
 * with the quotes it needs, or with those named.
 */
export type Spelling = 'json' | 'xml' | 'connection' | 'connection"' | "connection'"

/** What a step may ask while it says how a script does it. */
export interface ScriptContext {
  /** Whether the setup made this secret itself, so that a script makes one of its own. */
  isMade(secret: Secret): boolean
}

export function call(name: string, parameters: FunctionCall['parameters']): FunctionCall {
  return { part: 'call', name, parameters }
}

export function check(name: string, parameters: FunctionCall['parameters']): ScriptCheck {
  return { part: 'check', call: call(name, parameters) }
}

export function command(
  program: string,
  args: NativeCommand['args'],
  input?: NativeCommand['input'],
): NativeCommand {
  return { part: 'command', program, args, ...(input === undefined ? {} : { input }) }
}
