import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** What a practice run wrote below its state folder, to be held against what its pages said. */
export function practiceFiles(stateFolder: string) {
  const folder = join(stateFolder, 'practice')
  const target = join(folder, 'IdentityService')
  return {
    target,

    /** The login of the database's administrator, which stands in Creatio's configuration. */
    async administrator(): Promise<{
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
    }> {
      const config = await readFile(join(folder, 'Creatio', 'ConnectionStrings.config'), 'utf8')
      const [, host, port, user, password] =
        /Server=(127[^;]+);Port=(\d+);[^"]*User ID=([^;]+);Password=([^;"]+)/i.exec(config) ?? []
      if (!host || !user || !password) throw new Error('The practice Creatio names no login.')
      return { host, port: Number(port), user, password }
    },

    /** The password that stands in Creatio's configuration. */
    async databasePassword(): Promise<string> {
      return (await this.administrator()).password
    },

    /**
     * Every path below the state folder that a setup could have made: not the database's or the window's, nor the journal
     * and the service's log, which tell afterwards what was tried.
     */
    async all(): Promise<readonly string[]> {
      const paths = await readdir(stateFolder, { recursive: true })
      return paths
        .filter((path) => !/^(practice.postgres|practice.service\.log|window|runs|saved-)/.test(path))
        .toSorted()
    },

    /** Every file of the installed service with its hash. */
    async written(): Promise<Readonly<Record<string, string>>> {
      const entries = await readdir(target, { recursive: true, withFileTypes: true })
      const hashes: Record<string, string> = {}
      for (const entry of entries.filter((found) => found.isFile())) {
        const path = join(entry.parentPath, entry.name)
        hashes[relative(target, path)] = createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      }
      return hashes
    },
  }
}
