import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: '*.spec.mjs',
  outputDir: 'node_modules/.cache/playwright',
  // The tests share a sandbox, and some move its clock.
  workers: 1,
  reporter: 'line',
  use: {
    // The system's browser. Leave `executablePath` out to use the one that `npx playwright install` downloads.
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
