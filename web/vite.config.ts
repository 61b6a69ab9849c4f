import tailwindcss from '@tailwindcss/vite';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The platform that `npm run web` works against; writes must seem to come from its own pages. */
const platform = process.env.CLEARLOT_URL ?? 'http://localhost:8080';
const proxied = { target: platform, ws: true, headers: { origin: platform } };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, quoteStyle: 'single', semicolons: true }),
    react(),
    tailwindcss(),
  ],
  // Everything from its own file: the content security policy allows nothing inline.
  build: { manifest: true, assetsInlineLimit: 0, target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: { '/api': proxied, '/demo-accounts.json': proxied } },
});
