// What the behaviours of the desk share: a live region, and a line in which
// what is sent waits for what was sent before. Two requests are never under
// way at the same time, so decisions arrive in the order they were made.
const desk = {
  list: document.querySelector('[data-queue]'),
  waiting: 0,
  last: Promise.resolve(),

  say(words) {
    const said = document.querySelector('[data-said]');
    if (said) said.textContent = words;
  },

  line(task) {
    desk.waiting++;
    desk.last = desk.last.then(task).finally(() => { desk.waiting--; });
    return desk.last;
  },

  // the cards that are left, and those of them that can be decided about
  cards() { return [...desk.list.querySelectorAll(':scope > li:not([hidden]) [data-case]')]; },
  open() { return desk.cards().filter((card) => card.querySelector('form[data-decide]')); },

  // fetches the page of the queue as it is now
  async page() {
    const answer = await fetch(desk.list.dataset.here, { credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  },

  tell(name, detail) { document.dispatchEvent(new CustomEvent(name, { detail })); },
};

// Leaving while decisions are on their way would leave them unanswered.
addEventListener('beforeunload', (event) => { if (desk.waiting) event.preventDefault(); });
