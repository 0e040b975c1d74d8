import type { Readable } from 'node:stream'

/**
 * The outside world as the domain rooms see it. They get it as an argument, so that a test can hand them
 * another one; `realMachine()` in `real.ts` is the one the doors use.
 */
export interface Machine {
  readonly platform: NodeJS.Platform
  /** Where Windows and its programs lie; absent where this is no Windows. */
  readonly windows?: WindowsFolders
  readonly files: Files
  readonly processes: Processes
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
}

export interface WindowsFolders {
  /** `%SystemRoot%`, such as `C:\Windows`. */
  readonly windows: string
  /** `%ProgramFiles%` for 64-bit programs. */
  readonly programFiles: string
  readonly programFilesX86: string
}

export interface FileInfo {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Bytes. */
  readonly size: number
  /** POSIX permission bits; on Windows only what Node can tell. */
  readonly mode: number
}

export interface WriteOptions {
  /**
   * `private` restricts the file to its owner (0600, or on Windows the owner, Administrators and SYSTEM)
   * before any content is written. Default `inherit`.
   */
  readonly access?: 'private' | 'inherit'
}

/** Every method rejects with a SetupError naming the file; "not found" is `undefined` where a reader says so. */
export interface Files {
  /** The whole file, or undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>
  /** What stands at a path (links are not followed), or undefined. */
  info(path: string): Promise<FileInfo | undefined>
  /**
   * Whether two paths lead to one file, however they are spelled, linked or, on Windows, capitalized. What is not there
   * is no file.
   */
  isSame(path: string, other: string): Promise<boolean>
  /** Names in a folder, sorted; empty when the folder is missing. */
  list(folder: string): Promise<readonly string[]>
  /** Makes a folder and its parents. Returns the topmost folder it had to make, or undefined. */
  makeFolder(path: string, options?: WriteOptions): Promise<string | undefined>
  /**
   * Replaces a file whole: written beside, flushed, renamed (retried while Windows holds it), read back and
   * compared. A reader sees the old bytes or the new ones, never a part.
   */
  write(path: string, bytes: Uint8Array | string, options?: WriteOptions): Promise<void>
  /** Streams into a new file, refusing to replace one. Returns the number of bytes. */
  writeStream(path: string, source: Readable, options?: WriteOptions): Promise<number>
  /** Appends and flushes to disk before it resolves. */
  append(path: string, text: string, options?: WriteOptions): Promise<void>
  copy(from: string, to: string, options?: WriteOptions): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Removes a file or an empty folder; nothing to remove is not an error. */
  remove(path: string): Promise<void>
  /** Removes a folder with all it holds; nothing to remove is not an error. */
  removeFolder(path: string): Promise<void>
  /** Bytes free on the volume that holds the path or its nearest existing parent. */
  freeBytes(path: string): Promise<number>
  /** Whether this user may create files in the folder, or in its nearest existing parent. */
  mayWrite(folder: string): Promise<boolean>
}

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  /** Fed to standard input. The way for secrets, next to `env`. */
  readonly stdin?: Uint8Array | string | Readable
  /** Added to the environment of this process. May hold secrets: never logged. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Default 60 000 ms. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** How the bytes of both streams become text; default UTF-8. */
  readonly decode?: (bytes: Uint8Array) => string
  /** Each line of output as it comes, both streams, read as UTF-8. */
  readonly onLine?: (line: string) => void
}

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A process that goes on after the call that started it. */
export interface Background {
  readonly pid: number
  stop(): Promise<void>
}

export interface Processes {
  /**
   * Runs a command to its end; an exit code other than 0 is a result, not an error.
   * Rejects with `process.not-found` when there is no such command and `process.timeout` past the limit.
   */
  run(command: Command): Promise<CommandResult>
  /** Starts one of this program's own scripts (a module path) that goes on in the background. */
  startScript(script: string, args: readonly string[], logFile: string): Promise<Background>
  /** Whether a process of that id runs. */
  alive(pid: number): boolean
  /** Ends a process, politely first. Nothing to end is not an error. */
  end(pid: number): Promise<void>
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Default 10 000 ms for the whole exchange. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** PEM certificates to trust beside the system's. */
  readonly trust?: readonly string[]
  /** Default 2 MiB; a longer answer is refused. */
  readonly maxBytes?: number
}

export interface Network {
  /**
   * One HTTP(S) exchange; redirects are returned, not followed. Rejects with a SetupError:
   * `http.name`, `http.refused`, `http.timeout`, `http.tls`, `http.reset`, `http.too-long`.
   */
  http(url: string, request?: HttpRequest): Promise<HttpAnswer>
  /** IP addresses of a name, or rejects with the resolver's error. */
  lookup(host: string): Promise<readonly string[]>
  /** Whether a TCP port of this machine can be listened on. */
  portFree(port: number, host?: string): Promise<boolean>
}

export interface Clock {
  now(): Date
  /** Milliseconds that never go backwards. */
  monotonic(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Random {
  /** Bytes from the operating system's cryptographic source. */
  bytes(length: number): Uint8Array
  /** A whole number from 0 up to, not including, `below`, without bias, from the cryptographic source. */
  below(below: number): number
}
