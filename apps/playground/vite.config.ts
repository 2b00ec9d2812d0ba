import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig(({ command }) => ({
  plugins: [react()],
  appType: 'mpa',
  // While developing, the packages run from their source; a build takes what a consumer would get.
  resolve: command === 'serve' ? { conditions: ['@banyan/source', ...defaultClientConditions] } : {},
  build: { rollupOptions: { input: ['index.html', 'countdown.html', 'race.html'] } },
}))
