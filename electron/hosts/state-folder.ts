import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where this user's journals, logs and backups live, the same for every door:
 * `%LOCALAPPDATA%\Identity Service Setup` on Windows, `$XDG_STATE_HOME/identity-service-setup` (by default in
 * `~/.local/state`) elsewhere. `IDENTITY_SETUP_STATE` names another folder.
 */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['IDENTITY_SETUP_STATE']) return env['IDENTITY_SETUP_STATE']
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Identity Service Setup')
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'identity-service-setup')
}
