import type { ReactNode } from 'react'
import {
  FluentProvider,
  RendererProvider,
  createDOMRenderer,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components'
import { useScheme } from './scheme.ts'

// The same families stand in styles/base.css: Fluent's controls take theirs from the theme, our own from `body`.
const text = '"Segoe UI Variable Text", "Segoe UI", Selawik, "Open Sans", system-ui, sans-serif'
const mono = '"Cascadia Mono", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace'
const families = { fontFamilyBase: text, fontFamilyMonospace: mono }
const themes = {
  light: { ...webLightTheme, ...families },
  dark: { ...webDarkTheme, ...families },
}

// Griffel makes its <style> elements at run time. With the nonce they pass a policy without 'unsafe-inline'.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce
const domRenderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : undefined)

/** Fluent's tokens and controls, light or dark as the system says. */
export function Theme({ children }: { readonly children: ReactNode }) {
  const scheme = useScheme()
  return (
    <RendererProvider renderer={domRenderer}>
      <FluentProvider theme={themes[scheme]}>{children}</FluentProvider>
    </RendererProvider>
  )
}
