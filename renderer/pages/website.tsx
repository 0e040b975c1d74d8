import { useEffect } from 'react'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { TabPanel, Tabs } from '../components/tabs.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { useFaults } from '../store/faults.ts'
import { currentDraft } from '../store/slices.ts'
import { tabOfPath, useWebsite, type WebsiteTab } from '../store/website.ts'
import { urlText } from '../website-text.ts'
import { WebsiteAccess } from './website-access.tsx'
import { askAboutWebsite, websiteFaults } from './website-faults.ts'
import { InTheWay } from './website-in-the-way.tsx'
import { OtherNotes } from './website-notes.tsx'
import { WebsiteServer } from './website-server.tsx'
import { WebsiteSite } from './website-site.tsx'

const text = messages.website

const panels = { site: WebsiteSite, access: WebsiteAccess, server: WebsiteServer } as const

/** The IIS site and its application pool: names, account, addresses, HTTPS, and what is there already. */
export default function Website() {
  const { tab, openTab, problem } = useWebsite()
  const url = useWebsite(urlText)
  const faulty = useFaultyTabs()
  useEffect(() => {
    const { look } = useWebsite.getState()
    void look(currentDraft()).then(() => askAboutWebsite())
  }, [])
  const next = () => void goNext(websiteFaults)
  const Panel = panels[tab]
  return (
    <Page
      id="website"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={
        <WizardFooter
          onNext={next}
          note={
            url !== '' && (
              <span>
                {text.reached} <span className="mono">{url}</span>
              </span>
            )
          }
        />
      }
    >
      <Scroll label={text.regionLabel} className="tabbed">
        {problem && <ProblemCard problem={problem} tone="warning" />}
        <InTheWay />
        <OtherNotes />
        <Tabs
          label={text.tabsLabel}
          value={tab}
          onValue={openTab}
          tabs={(['site', 'access', 'server'] as const).map(
            (id) => [id, text.tabs[id], faulty.includes(id) ? text.tabFaults : undefined] as const,
          )}
        />
        <TabPanel id={tab}>
          <Panel />
        </TabPanel>
      </Scroll>
    </Page>
  )
}

/** Tabs that hold a field with a fault. */
function useFaultyTabs(): readonly WebsiteTab[] {
  const texts = useFaults((state) => state.texts)
  return Object.keys(texts).flatMap((path) => tabOfPath(path) ?? [])
}
