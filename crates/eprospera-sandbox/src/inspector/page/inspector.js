'use strict';
// Keeps the page up to date and sends its forms without leaving it. Without this script, the page is read by reloading it, and its forms
// work as forms do.
(() => {
  const CONTENT = '/sandbox/inspector/content';
  const EVENTS = '/sandbox/inspector/events';
  const SESSION = '/sandbox/inspector/session';
  const REFRESH_PAUSE_MS = 200;
  const ANNOUNCE_PAUSE_MS = 5000;
  const RETRY_MS = 2000;

  // The control token leaves the address before anything else happens.
  function takeToken() {
    const match = /^#control=(.+)$/.exec(location.hash);
    if (!match) return null;
    history.replaceState(null, '', location.pathname + location.search);
    return match[1];
  }

  const find = (id) => document.getElementById(id);

  // Makes one element like another, and touches only what differs: what is open, focused, selected or typed stays.
  function sync(from, to) {
    if (from.isEqualNode(to)) return;
    for (const { name } of Array.from(from.attributes)) {
      if (!to.hasAttribute(name) && name !== 'open') from.removeAttribute(name);
    }
    for (const { name, value } of to.attributes) {
      if (name !== 'open' && from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    const known = new Map();
    for (const child of from.children) if (child.id) known.set(child.id, child);
    let at = from.firstChild;
    for (const wanted of Array.from(to.childNodes)) {
      const same = wanted.id ? known.get(wanted.id) : alike(at, wanted) ? at : null;
      if (!same) {
        from.insertBefore(wanted, at);
        continue;
      }
      if (same === at) at = at.nextSibling;
      else from.insertBefore(same, at);
      if (same.nodeType === Node.TEXT_NODE) {
        if (same.data !== wanted.data) same.data = wanted.data;
      } else {
        sync(same, wanted);
      }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  function alike(node, wanted) {
    return node && !node.id && !wanted.id && node.nodeName === wanted.nodeName && node.className === wanted.className;
  }

  const newestRefusal = () => document.querySelector('[data-refusal]');
  let announced;
  let lastAnnounced = 0;
  let announcing;

  // Says what was refused, not more often than a person can listen.
  function announce() {
    const newest = newestRefusal();
    const number = newest ? Number(newest.dataset.refusal) : 0;
    if (number < announced) announced = number;
    if (number === announced || announcing) return;
    const wait = Math.max(0, lastAnnounced + ANNOUNCE_PAUSE_MS - Date.now());
    announcing = setTimeout(() => {
      announcing = undefined;
      const current = newestRefusal();
      if (!current) return;
      announced = Number(current.dataset.refusal);
      lastAnnounced = Date.now();
      find('announcer').textContent = `A request was refused. ${current.dataset.announce}`;
    }, wait);
  }

  async function load() {
    const response = await fetch(CONTENT + location.search, { cache: 'no-store' });
    if (!response.ok) throw new Error(`the sandbox answered ${response.status}`);
    const wanted = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('content');
    sync(find('content'), wanted);
    if (problem) report(problem);
    tick();
    announce();
  }

  let isPaused = false;
  let isRefreshing = false;
  let isStale = false;

  async function refresh() {
    if (isPaused || isRefreshing) {
      isStale = true;
      return;
    }
    isRefreshing = true;
    isStale = false;
    try {
      await load();
    } catch {
      state('Connection lost, trying again', 'bad');
    }
    setTimeout(() => {
      isRefreshing = false;
      if (isStale) refresh();
    }, REFRESH_PAUSE_MS);
  }

  function state(text, kind) {
    const place = find('live-state');
    if (place.textContent !== text) place.textContent = text;
    place.className = `badge ${kind}`;
    find('reload').hidden = kind !== 'bad';
  }

  let events;
  let retry;

  function listen() {
    clearTimeout(retry);
    if (events || isPaused || document.hidden) return;
    events = new EventSource(EVENTS);
    events.onopen = () => {
      state('Live', 'good');
      refresh();
    };
    for (const name of ['exchange', 'state', 'resync', 'reset']) {
      events.addEventListener(name, refresh);
    }
    events.onerror = () => {
      state('Connection lost, trying again', 'bad');
      // A browser tries again by itself, but not after an answer that is not a stream.
      if (events && events.readyState === EventSource.CLOSED) {
        stopListening();
        retry = setTimeout(listen, RETRY_MS);
      }
    };
  }

  function stopListening() {
    clearTimeout(retry);
    events?.close();
    events = undefined;
  }

  function pause() {
    isPaused = !isPaused;
    find('pause').textContent = isPaused ? 'Resume' : 'Pause';
    if (isPaused) {
      stopListening();
      state('Paused', 'warn');
    } else {
      state('Connecting', '');
      listen();
    }
  }

  // The sandbox's clock goes on between two requests.
  function tick() {
    const clock = find('clock');
    const time = clock?.querySelector('time');
    if (!time) return;
    const now = new Date(Date.now() + Number(clock.dataset.offset) * 1000);
    if (Number.isNaN(now.getTime())) return;
    time.textContent = `${now.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  }

  // What went wrong with the last form that was not taken; the sandbox does not know of it.
  let problem = null;

  // Sends a form. The answer to one that was taken is a redirect, which is not followed: the content is fetched instead, as it is shown.
  async function send(url, fields) {
    try {
      const response = await fetch(url, { method: 'POST', body: fields, redirect: 'manual' });
      const isTaken = response.type === 'opaqueredirect';
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      problem = isTaken ? null : (page.querySelector('main p')?.textContent ?? `The sandbox answered ${response.status}`);
      await load();
      return isTaken;
    } catch {
      problem = 'The sandbox does not answer. Is it still running?';
      report(problem);
      return false;
    }
  }

  function report(text) {
    const place = find('report');
    place.className = 'problem';
    place.textContent = text;
  }

  async function submit(event) {
    const form = event.target;
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    const isDone = await send(form.getAttribute('action'), fields);
    form.ariaBusy = 'false';
    if (isDone && find('report')?.hasAttribute('data-done') && form.isConnected) form.reset();
  }

  // What is not encoded as it has to be is sent as it is, so that the sandbox says that it is not its token.
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  async function enter(token) {
    if (token !== null) await send(SESSION, new URLSearchParams({ control_token: decoded(token) }));
  }

  // A link to a request opens it, on the page where it is.
  function open() {
    const target = location.hash.length > 1 && find(location.hash.slice(1));
    const details = target && target.querySelector(':scope > details');
    if (details) details.open = true;
    const number = Number(/^#request-(\d+)$/.exec(location.hash)?.[1]);
    const search = `?show=everything&before=${number + 1}`;
    if (number && !target && location.search !== search) location.assign(`/${search}${location.hash}`);
  }

  const token = takeToken();
  addEventListener('DOMContentLoaded', async () => {
    find('live').hidden = false;
    announced = Number(newestRefusal()?.dataset.refusal ?? 0);
    find('pause').addEventListener('click', pause);
    find('reload').addEventListener('click', () => location.reload());
    document.addEventListener('submit', submit);
    document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
    addEventListener('hashchange', () => {
      enter(takeToken());
      open();
    });
    setInterval(tick, 1000);
    tick();
    open();
    await enter(token);
    listen();
  });
})();
