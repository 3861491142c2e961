// Debian's chromium, headless, driven by a test over JSON lines.
//
// Standard input takes one command a line, such as {"id":1,"do":"open","tab":"a","url":"http://…"}.
// Standard output answers each in order with {"id":1,"value":…} or {"id":1,"error":"…"}; the first
// line is {"ready":true}. An unknown command or a missing field is an error. The process, and the
// browser with it, ends when standard input closes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DEADLINE = 50_000;

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: FLAGS,
});
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// What a tab can be opened as; each kind has cookies of its own.
const KINDS = {
  usual: {},
  plain: { javaScriptEnabled: false },
  dark: { colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
};
const contexts = new Map();
const tabs = new Map();

async function contextOf(kind) {
  if (!Object.hasOwn(KINDS, kind)) throw new Error(`no kind of tab is called \`${kind}\``);
  if (!contexts.has(kind)) {
    const context = await browser.newContext(KINDS[kind]);
    context.setDefaultTimeout(DEADLINE);
    contexts.set(kind, context);
  }
  return contexts.get(kind);
}

async function newTab(name, kind = 'usual') {
  const page = await (await contextOf(kind)).newPage();
  const tab = { page, requests: [], faults: [] };
  page.on('request', (request) => {
    const { referer } = request.headers();
    tab.requests.push({ method: request.method(), url: request.url(), kind: request.resourceType(), referer });
  });
  page.on('pageerror', (error) => tab.faults.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') tab.faults.push(line.text());
  });
  tabs.set(name, tab);
  return tab;
}

function field(command, name) {
  if (typeof command[name] !== 'string') throw new Error(`\`${command.do}\` needs the text field \`${name}\``);
  return command[name];
}

function tabOf(command) {
  const tab = tabs.get(field(command, 'tab'));
  if (!tab) throw new Error(`no tab is called \`${command.tab}\``);
  return tab;
}

// Either `selector` (CSS), or `role` with an optional accessible `name` (part of it, any case).
function target(command) {
  const { page } = tabOf(command);
  if (command.selector !== undefined) return page.locator(field(command, 'selector')).first();
  const role = field(command, 'role');
  return page.getByRole(role, command.name === undefined ? {} : { name: command.name }).first();
}

const COMMANDS = {
  // Answers with the status of the page that ended the redirects, or null where there is none.
  async open(command) {
    const url = field(command, 'url');
    const tab = tabs.get(field(command, 'tab')) ?? (await newTab(command.tab, command.kind));
    const response = await tab.page.goto(url);
    return response?.status() ?? null;
  },
  async reload(command) {
    const response = await tabOf(command).page.reload();
    return response?.status() ?? null;
  },
  // Reloads every tab at the same moment, and answers when all pages are there.
  async reload_all() {
    await Promise.all(Array.from(tabs.values(), ({ page }) => page.reload()));
    return null;
  },
  async back(command) {
    const response = await tabOf(command).page.goBack();
    return response?.status() ?? null;
  },
  async click(command) {
    await target(command).click();
    await tabOf(command).page.waitForLoadState();
    return null;
  },
  async check(command) {
    await target(command).check();
    return null;
  },
  async uncheck(command) {
    await target(command).uncheck();
    return null;
  },
  async fill(command) {
    await target(command).fill(field(command, 'text'));
    return null;
  },
  async count(command) {
    const { page } = tabOf(command);
    return page.locator(field(command, 'selector')).count();
  },
  // The visible text of every element.
  async texts(command) {
    const { page } = tabOf(command);
    return page.locator(field(command, 'selector')).allInnerTexts();
  },
  // Waits until the visible text of the page holds `text`.
  async wait_text(command) {
    await tabOf(command).page.getByText(field(command, 'text')).first().waitFor();
    return null;
  },
  // Waits until a change of the document makes an expression of the page's own language true.
  async wait_for(command) {
    const script = field(command, 'script');
    await tabOf(command).page.evaluate(`new Promise((resolve, reject) => {
      const isTrue = () => (${script});
      const observer = new MutationObserver(() => { if (isTrue()) end(resolve) });
      const timer = setTimeout(() => end(reject, new Error(${JSON.stringify(`not true in time: ${script}`)})), ${DEADLINE});
      const end = (settle, value) => { observer.disconnect(); clearTimeout(timer); settle(value) };
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      if (isTrue()) end(resolve);
    })`);
    return null;
  },
  // Waits until the address starts with `prefix`, and answers with it.
  async wait_url(command) {
    const { page } = tabOf(command);
    const prefix = field(command, 'prefix');
    await page.waitForURL((url) => url.href.startsWith(prefix));
    return page.url();
  },
  // Waits until the address starts with `prefix` and holds nothing of the callback any more.
  async wait_clean(command) {
    const { page } = tabOf(command);
    const prefix = field(command, 'prefix');
    await page.waitForURL(({ href }) => href.startsWith(prefix) && !/[?&#](code|state|error)=/.test(href));
    return page.url();
  },
  async press(command) {
    await tabOf(command).page.keyboard.press(field(command, 'key'));
    return null;
  },
  // What an expression of the page's own language is.
  async evaluate(command) {
    return tabOf(command).page.evaluate(field(command, 'script'));
  },
  // What axe-core finds wrong for people who cannot see the page, or not well: rule and element.
  async axe(command) {
    const { page } = tabOf(command);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  },
  async text(command) {
    return tabOf(command).page.locator('body').innerText();
  },
  async content(command) {
    return tabOf(command).page.content();
  },
  async title(command) {
    return tabOf(command).page.title();
  },
  async url(command) {
    return tabOf(command).page.url();
  },
  // Every request the tab has made, favicons apart: chromium does not report those.
  async requests(command) {
    return tabOf(command).requests;
  },
  // Errors of scripts and of the content security policy.
  async faults(command) {
    return tabOf(command).faults;
  },
  async screenshot(command) {
    await tabOf(command).page.screenshot({ path: field(command, 'path'), fullPage: true });
    return null;
  },
  async close(command) {
    await tabOf(command).page.close();
    tabs.delete(command.tab);
    return null;
  },
};

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function perform(line) {
  let command = {};
  try {
    command = JSON.parse(line);
    if (!Object.hasOwn(COMMANDS, command.do)) throw new Error(`unknown command \`${command.do}\``);
    say({ id: command.id, value: await COMMANDS[command.do](command) });
  } catch (error) {
    say({ id: command.id ?? null, error: error.message });
  }
}

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) await perform(line);
await browser.close();
