import { useEffect, useSyncExternalStore } from 'react'

type Scheme = 'light' | 'dark'

const dark = matchMedia('(prefers-color-scheme: dark)')
const asked = new URLSearchParams(location.search).get('theme')

/** Light or dark: what the address asks for (`?theme=dark`, for pictures), else what the system prefers, also when it changes. */
export function useScheme(): Scheme {
  const systemIsDark = useSyncExternalStore(
    (changed) => {
      dark.addEventListener('change', changed)
      return () => dark.removeEventListener('change', changed)
    },
    () => dark.matches,
  )
  const scheme: Scheme = asked === 'light' || asked === 'dark' ? asked : systemIsDark ? 'dark' : 'light'
  useEffect(() => {
    document.documentElement.dataset.theme = scheme
    document.documentElement.style.colorScheme = scheme
  }, [scheme])
  return scheme
}
