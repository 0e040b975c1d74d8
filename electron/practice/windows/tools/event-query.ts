/** One record of the simulated event log, as far as a query can ask about it. */
interface QueriedEvent {
  readonly provider: string
  readonly id: number
  readonly level: number
  /** Milliseconds since 1970. */
  readonly at: number
}

type Predicate = (event: QueriedEvent, now: number) => boolean

/**
 * Understands the part of the event log's XPath (learn.microsoft.com “Consuming Events”) that asks about
 * `System`: provider names, event ids, levels and the age. Undefined for what the service would refuse as invalid.
 */
export function parseQuery(xpath: string): Predicate | undefined {
  if (xpath.trim() === '*') return () => true
  const tokens = xpath.match(/'[^']*'|"[^"]*"|<=|>=|!=|[<>=[\]()*@,/]|[A-Za-z_][\w.-]*|\d+|\S/g) ?? []
  try {
    const reader = new QueryReader(tokens)
    const predicate = reader.whole()
    return reader.done() ? predicate : undefined
  } catch (error) {
    if (error instanceof RefusedQuery) return undefined
    throw error
  }
}

class RefusedQuery extends Error {}

class QueryReader {
  private at = 0
  private readonly tokens: readonly string[]

  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  done(): boolean {
    return this.at === this.tokens.length
  }

  whole(): Predicate {
    this.take('*')
    this.take('[')
    const predicate = this.either(() => this.inSystem())
    this.take(']')
    return predicate
  }

  private inSystem(): Predicate {
    this.take('System')
    this.take('[')
    const predicate = this.either(() => this.term())
    this.take(']')
    return predicate
  }

  private either(part: () => Predicate): Predicate {
    const choices = [this.both(part)]
    while (this.skip('or')) choices.push(this.both(part))
    return (event, now) => choices.some((choice) => choice(event, now))
  }

  private both(part: () => Predicate): Predicate {
    const needs = [this.group(part)]
    while (this.skip('and')) needs.push(this.group(part))
    return (event, now) => needs.every((need) => need(event, now))
  }

  private group(part: () => Predicate): Predicate {
    if (!this.skip('(')) return part()
    const inner = this.either(part)
    this.take(')')
    return inner
  }

  private term(): Predicate {
    const name = this.next()
    if (name === 'Provider') return this.bracketed(() => this.attribute('Name', (event) => event.provider))
    if (name === 'TimeCreated') return this.bracketed(() => this.age())
    if (name === 'EventID') return this.comparison((event) => event.id)
    if (name === 'Level') return this.comparison((event) => event.level)
    throw new RefusedQuery(name)
  }

  private bracketed(part: () => Predicate): Predicate {
    this.take('[')
    const predicate = this.either(part)
    this.take(']')
    return predicate
  }

  /** A misspelled attribute is no error: nothing has it, so nothing is found. */
  private attribute(known: string, read: (event: QueriedEvent) => string): Predicate {
    this.take('@')
    const name = this.next()
    this.take('=')
    const value = /^(['"])(.*)\1$/.exec(this.next())?.[2]
    if (value === undefined) throw new RefusedQuery(name)
    return (event) => name === known && read(event).toLowerCase() === value.toLowerCase()
  }

  private age(): Predicate {
    for (const token of ['timediff', '(', '@', 'SystemTime', ')']) this.take(token)
    const compare = this.operator()
    return (event, now) => compare(now - event.at)
  }

  private comparison(read: (event: QueriedEvent) => number): Predicate {
    const compare = this.operator()
    return (event) => compare(read(event))
  }

  private operator(): (value: number) => boolean {
    const sign = this.next()
    const limit = Number(this.next())
    if (Number.isNaN(limit)) throw new RefusedQuery(sign)
    if (sign === '=') return (value) => value === limit
    if (sign === '!=') return (value) => value !== limit
    if (sign === '<') return (value) => value < limit
    if (sign === '<=') return (value) => value <= limit
    if (sign === '>') return (value) => value > limit
    if (sign === '>=') return (value) => value >= limit
    throw new RefusedQuery(sign)
  }

  private next(): string {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new RefusedQuery('end')
    return token
  }

  private take(expected: string): void {
    if (this.next() !== expected) throw new RefusedQuery(expected)
  }

  private skip(wanted: string): boolean {
    if (this.tokens[this.at] !== wanted) return false
    this.at++
    return true
  }
}
