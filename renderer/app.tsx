import { createElement, useEffect } from 'react'
import { useAccessKeys } from './access-keys.ts'
import { Announcer } from './components/announcer.tsx'
import { Banner } from './components/banner.tsx'
import { LeaveDialog } from './components/leave-dialog.tsx'
import { MachineRail } from './components/machine-rail.tsx'
import { PageGuard } from './components/page-guard.tsx'
import { StepRail } from './components/step-rail.tsx'
import { TitleBar } from './components/title-bar.tsx'
import { useKeptFocus } from './keep-focus.ts'
import { askToLeave } from './leave.ts'
import { pageOf } from './pages/registry.ts'
import { useWizard } from './store/wizard.ts'
import { Theme } from './theme/theme.tsx'

/** The window: title bar, rail, one page. */
export function App() {
  return (
    <Theme>
      <Window />
    </Theme>
  )
}

function Window() {
  const page = useWizard((state) => state.page)
  useKeptFocus()
  useAccessKeys()
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      const elsewhere = document.querySelector('dialog[open], :popover-open') !== null
      if (event.key !== 'Escape' || elsewhere || event.defaultPrevented) return
      // Else the same key press would close the dialog that it opens.
      event.preventDefault()
      askToLeave()
    }
    addEventListener('keydown', escape)
    return () => removeEventListener('keydown', escape)
  }, [])
  return (
    <div className="window">
      <TitleBar page={page} />
      <Banner />
      <div className="body">
        {page === 'start' ? <MachineRail /> : <StepRail page={page} />}
        <main className="layer">
          <PageGuard key={page}>{createElement(pageOf(page))}</PageGuard>
        </main>
      </div>
      <LeaveDialog />
      <Announcer />
    </div>
  )
}
