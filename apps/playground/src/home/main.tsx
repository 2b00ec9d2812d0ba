import { renderPage } from '../shell/render-page.tsx'
import { HomePage } from './home-page.tsx'

renderPage('/', <HomePage />)
