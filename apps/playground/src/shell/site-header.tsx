import { Logo } from './logo.tsx'
import './site-header.css'

/** The demos, in the order in which they are shown everywhere. */
const demos = [
  { path: '/countdown', title: 'Countdown' },
  { path: '/race', title: 'Race' },
] as const

export interface SiteHeaderProps {
  /** The path of the page that is shown. */
  readonly current: string
}

export function SiteHeader({ current }: SiteHeaderProps) {
  return (
    <header className="site-header">
      <a className="site-header__home" href="/" aria-current={current === '/' ? 'page' : undefined}>
        <Logo />
        Banyan
      </a>
      <nav aria-label="Demos">
        <ul className="site-header__links">
          {demos.map(({ path, title }) => (
            <li key={path}>
              <a href={path} aria-current={current === path ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}
