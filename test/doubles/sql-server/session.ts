import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { readLogin, type Login } from './login.ts'
import { PACKET, PacketReader, packetsOf, type Message } from './packets.ts'
import { ENCRYPTION, preloginAnswer, wantedEncryption } from './prelogin.ts'
import { readBatch, readCall } from './requests.ts'
import { secured } from './secure.ts'
import type { ServerMessage } from './tokens.ts'
import { acknowledgements, done, doneWithError, loginAccepted, message } from './tokens.ts'
import { Statements } from './statements.ts'
import type { Shared } from './server.ts'
import { PreloginTunnel } from './tunnel.ts'

const TLS_RECORD = 0x16
const FIRST_SIZE = 4096
const LOGIN_ERROR = 14

/** One connection, from its first byte to its end. */
export class Session<State extends object> {
  readonly #socket: Socket
  readonly #shared: Shared<State>
  readonly #reader = new PacketReader()
  #stream: Duplex
  #strict = false
  #encrypted = false
  #size = FIRST_SIZE
  #statements: Statements<State> | undefined
  /** One statement after the other, and an attention behind what it came after. */
  #turn = Promise.resolve()

  constructor(socket: Socket, shared: Shared<State>) {
    this.#socket = socket
    this.#stream = socket
    this.#shared = shared
  }

  begin(): void {
    this.#socket.once('data', (first) => {
      this.#socket.pause()
      this.#socket.unshift(first)
      this.#strict = first[0] === TLS_RECORD
      // TLS takes what was read already, and then reads by itself.
      if (this.#strict) return this.#secure(this.#socket)
      this.#listen(this.#socket)
      this.#socket.resume()
    })
    this.#socket.on('close', () => this.#statements?.abandon())
  }

  #listen(stream: Duplex): void {
    this.#stream = stream
    stream.on('error', () => undefined)
    stream.on('data', this.#take)
  }

  readonly #take = (bytes: Buffer): void => {
    try {
      for (const one of this.#reader.take(bytes)) this.#handle(one)
    } catch {
      // What cannot be read is no client of this protocol.
      this.#socket.destroy()
    }
  }

  #secure(beneath: Duplex): void {
    const { tls, faults } = this.#shared
    const fault = faults.get('tls')
    if (fault === 'silent') return
    if (fault !== undefined || !tls) return void this.#socket.destroy()
    this.#encrypted = true
    this.#listen(secured(beneath, tls, this.#strict))
  }

  #handle({ type, body }: Message): void {
    if (type === PACKET.prelogin) return this.#prelogin(body)
    if (type === PACKET.login) return this.#login(readLogin(body))
    const statements = this.#statements
    if (!statements) return void this.#socket.destroy()
    this.#turn = this.#turn
      .then(() => this.#serve(statements, type, body))
      .catch(() => void this.#socket.destroy())
  }

  async #serve(statements: Statements<State>, type: number, body: Buffer): Promise<void> {
    const gone = (): boolean => this.#socket.destroyed
    if (gone()) return
    if (type === PACKET.attention) return acknowledgements().forEach((one) => this.#send(one))
    if (type === PACKET.batch) return this.#reply(await statements.run(readBatch(body), gone))
    if (type === PACKET.rpc) return this.#reply(await statements.run(readCall(body), gone))
    if (type === PACKET.transaction) return this.#reply(statements.transaction(body))
    this.#socket.destroy()
  }

  #prelogin(body: Buffer): void {
    const fault = this.#shared.faults.get('prelogin')
    if (fault === 'silent') return
    if (fault !== undefined) return void this.#socket.destroy()
    const encryption = this.#strict ? ENCRYPTION.notSupported : this.#agreed(wantedEncryption(body))
    this.#send(preloginAnswer(encryption))
    if (encryption !== ENCRYPTION.on && encryption !== ENCRYPTION.required) return
    this.#socket.off('data', this.#take)
    this.#secure(new PreloginTunnel(this.#socket))
  }

  /**
   * What a server answers. A client that would encrypt the login only gets no encryption at all here, which the table allows
   * to no real server with a certificate; see the README.
   */
  #agreed(wanted: number): number {
    const { tls, encryption = tls ? 'offered' : 'unsupported' } = this.#shared
    if (encryption === 'unsupported') return ENCRYPTION.notSupported
    if (encryption === 'required') return ENCRYPTION.required
    return wanted === ENCRYPTION.on || wanted === ENCRYPTION.required
      ? ENCRYPTION.on
      : ENCRYPTION.notSupported
  }

  #login(login: Login): void {
    const { asked, faults, state } = this.#shared
    const logins = this.#shared.logins?.(state)
    const databases = this.#shared.databases?.(state)
    asked.logins.push({ user: login.user, database: login.database, program: login.program })
    asked.encrypted.push(this.#encrypted)
    const fault = faults.get('login')
    if (fault === 'silent') return
    if (fault === 'drop') return void this.#socket.destroy()
    const failed = { number: 18456, class: LOGIN_ERROR, text: `Login failed for user '${login.user}'.` }
    if (fault !== undefined) return this.#refuse([fault])
    if (logins && logins[login.user] !== login.password) return this.#refuse([failed])
    const database = login.database || 'master'
    const missing = `Cannot open database "${database}" requested by the login. The login failed.`
    if (databases && !databases.includes(database))
      return this.#refuse([{ number: 4060, class: 11, text: missing }, failed])
    const size = Math.min(Math.max(login.packetSize || FIRST_SIZE, 512), 32_767)
    this.#statements = new Statements(this.#shared, { ...login, database })
    this.#send(loginAccepted(database, size))
    this.#size = size
  }

  #refuse(messages: readonly ServerMessage[]): void {
    const said = messages.map((one) => message({ class: LOGIN_ERROR, ...one }))
    this.#send(Buffer.concat([...said, doneWithError(false)]))
    this.#stream.end()
  }

  #reply(answer: Buffer | 'silent' | 'drop'): void {
    if (answer === 'drop') this.#socket.destroy()
    else if (answer !== 'silent') this.#send(answer.length > 0 ? answer : done())
  }

  #send(body: Buffer): void {
    if (!this.#socket.destroyed) this.#stream.write(packetsOf(PACKET.answer, body, this.#size))
  }
}
