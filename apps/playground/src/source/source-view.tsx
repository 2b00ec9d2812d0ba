import { type KeyboardEvent, useId, useState } from 'react'
import { highlight } from 'sugar-high'
import './source-view.css'

/** One file as it runs, imported with `?raw`. */
export interface SourceFile {
  readonly name: string
  readonly text: string
}

/** The files of one side, under one tab; the first is shown first. */
export interface SourceGroup {
  readonly title: string
  readonly files: readonly SourceFile[]
}

export interface SourceViewProps {
  readonly groups: readonly SourceGroup[]
}

/** The demo's own source, by side. */
export function SourceView({ groups }: SourceViewProps) {
  const id = useId()
  const [chosen, setChosen] = useState(0)
  const group = groups[chosen] ?? groups[0]
  if (group === undefined) return null

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (chosen + step + groups.length) % groups.length
    setChosen(next)
    const tab = event.currentTarget.children[next]
    if (tab instanceof HTMLElement) tab.focus()
  }

  return (
    <section className="source-view card" aria-label="Source of this demo">
      <div className="source-view__tabs" role="tablist" aria-label="Side" onKeyDown={onKeyDown}>
        {groups.map(({ title }, index) => (
          <button
            key={title}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-selected={index === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={index === chosen ? 0 : -1}
            onClick={() => setChosen(index)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${chosen}`}>
        <SourceFiles key={group.title} files={group.files} />
      </div>
    </section>
  )
}

function SourceFiles({ files }: { readonly files: readonly SourceFile[] }) {
  const [chosen, setChosen] = useState(0)
  const file = files[chosen] ?? files[0]
  if (file === undefined) return null
  return (
    <>
      {files.length > 1 && (
        <ul className="source-view__files">
          {files.map(({ name }, index) => (
            <li key={name}>
              <button type="button" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <pre className="source-view__code" tabIndex={0}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the text is this app's own source, escaped by the highlighter. */}
        <code dangerouslySetInnerHTML={{ __html: highlight(file.text.trimEnd()) }} />
      </pre>
    </>
  )
}
