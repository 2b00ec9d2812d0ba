import { spawn } from 'node:child_process'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

export default defineConfig(({ command }) => ({
  plugins: [react(), serverBeside()],
  // While developing, the packages run from their source; a build takes what a consumer would get.
  resolve: command === 'serve' ? { conditions: ['@banyan/source', ...defaultClientConditions] } : {},
  server: { proxy: { '/banyan/': { target: `http://localhost:${process.env['PORT'] ?? 3000}`, ws: true } } },
}))

/** Runs the server beside Vite's and restarts it when its code changes. */
function serverBeside(): Plugin {
  return {
    name: 'server-beside',
    apply: 'serve',
    configureServer({ httpServer }) {
      const server = spawn(process.execPath, ['--watch', '--conditions=@banyan/source', 'src/server.ts'], {
        stdio: 'inherit',
      })
      httpServer?.once('close', () => server.kill())
    },
  }
}
