import type { SetupError } from '../../contract/problem.ts'
import { readWorkerMessage, type WindowMessage, type WorkerMessage } from './messages.ts'
import { protocolError, workerLost } from './problems.ts'
import type { Wire } from './wire.ts'

type Answer<Type extends WorkerMessage['type']> = Extract<WorkerMessage, { readonly type: Type }>
/** What comes without having been asked for. */
type News = Answer<'event' | 'view' | 'written'>

interface Question {
  readonly types: readonly WorkerMessage['type'][]
  resolve(answer: WorkerMessage): void
  reject(error: SetupError): void
}

/** The window's end of the pipe: asks the worker one thing at a time, and passes on what it tells meanwhile. */
export class WorkerLink {
  readonly #wire: Wire
  #question: Question | undefined
  #last: Promise<unknown> = Promise.resolve()
  #lost: SetupError | undefined
  /** Hears what a run tells. */
  onNews: (news: News) => void = () => {}

  private constructor(wire: Wire) {
    this.#wire = wire
  }

  /**
   * Takes over the connection of a worker that has proved itself, and waits until it is ready.
   * @throws SetupError as {@link WorkerLink.ask}
   */
  static async open(wire: Wire): Promise<WorkerLink> {
    const link = new WorkerLink(wire)
    const ready = link.#answer(['ready'])
    wire.listen({
      message: (value) => link.#receive(readWorkerMessage(value)),
      closed: (why) => link.#closed(why),
    })
    await ready
    return link
  }

  get alive(): boolean {
    return !this.#lost
  }

  /**
   * Sends a message, once the one before it is answered, and waits for one of the named answers.
   * @throws SetupError `elevation.worker-lost`, `elevation.protocol`
   */
  ask<Type extends WorkerMessage['type']>(
    message: WindowMessage,
    ...types: readonly Type[]
  ): Promise<Answer<Type>> {
    const asked = this.#last.then(() => {
      const answer = this.#answer(types)
      this.#wire.send(message)
      return answer
    })
    this.#last = asked.catch(() => {})
    return asked
  }

  /** Sends what has no answer. */
  tell(message: WindowMessage): void {
    this.#wire.send(message)
  }

  /** Lets the worker end after its current step. */
  end(): void {
    this.tell({ type: 'end' })
    this.#wire.end()
  }

  #answer<Type extends WorkerMessage['type']>(types: readonly Type[]): Promise<Answer<Type>> {
    if (this.#lost) return Promise.reject(this.#lost)
    return new Promise((resolve, reject) => {
      this.#question = { types, resolve: resolve as Question['resolve'], reject }
    })
  }

  #receive(message: WorkerMessage): void {
    const question = this.#question
    if (question?.types.includes(message.type)) {
      this.#question = undefined
      return question.resolve(message)
    }
    if (message.type !== 'event' && message.type !== 'view' && message.type !== 'written')
      throw protocolError(`“${message.type}” out of turn`)
    this.onNews(message)
  }

  #closed(why: SetupError | undefined): void {
    this.#lost = why ?? workerLost()
    this.#question?.reject(this.#lost)
    this.#question = undefined
  }
}
