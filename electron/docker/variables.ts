import type { Container } from './container.ts'

/** A variable of a container by its name in any case, as .NET's configuration takes it; undefined where it is blank. */
export function variableOf(
  { environment }: Pick<Container, 'environment'>,
  name: string,
): string | undefined {
  const spelled = Object.keys(environment).find((key) => key.toLowerCase() === name.toLowerCase())
  const value = spelled === undefined ? undefined : environment[spelled]
  return value === undefined || value.trim() === '' ? undefined : value
}
