import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  appType: 'mpa',
  build: { rollupOptions: { input: ['index.html', 'countdown.html', 'race.html'] } },
})
