// node build/windows/publish.ts --to IdentityService.zip
// Publishes the service double with the .NET SDK and packs it in the vendor's shape.
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { buildIdentityService } from '../../test/system/support/archive.ts'
import { readOptions } from './options.ts'
import { say } from './program.ts'

const options = readOptions(process.argv.slice(2), ['to'])
const { archive } = await buildIdentityService()
await mkdir(dirname(options.to), { recursive: true })
await copyFile(archive, options.to)
say(`${options.to}: the published service`)
