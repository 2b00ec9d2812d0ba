export { type RenderAsOptions, type RenderedAs, renderAs } from './render-as.tsx'
