// Decisions in the queue without leaving it: the card goes at once, the form is
// sent in the background, and what was refused or did not arrive comes back
// with its reason. A form is sent once for each press; the number of decisions
// it was made on keeps one that did arrive from being done again.
if (desk.list) {
  const list = desk.list;
  const past = { approve: 'Approved', remove: 'Removed', restore: 'Restored', hold: 'Held', pick: 'Picked', unpick: 'Pick taken back' };
  let left = Number(list.dataset.total);

  const leftText = () => ('many' in list.dataset ? 'More than 1,000 left' : `${Math.max(0, left)} left`);

  const back = (item, words, decided) => {
    item.hidden = false;
    left++;
    const card = item.querySelector('[data-case]');
    card.classList.add('case--back');
    for (const old of card.querySelectorAll('.case__fault')) old.remove();
    const fault = document.createElement('p');
    fault.className = 'case__fault';
    fault.textContent = words;
    const form = card.querySelector('form[data-decide]');
    form.before(fault);
    // What somebody else decided about is not decided on this card again.
    if (decided) form.remove();
    desk.say(words);
    return card;
  };

  const send = async (item, id, act, body) => {
    let answer, result;
    try {
      answer = await fetch('/moderation/decisions', { method: 'POST', body, keepalive: true, credentials: 'same-origin', headers: { Accept: 'application/json' } });
      if (answer.redirected) {
        back(item, 'Your log-in has ended. Log in again in another tab, then press the button again.');
        return;
      }
      result = await answer.json();
    } catch {
      back(item, 'This did not get through, so it is here again. Press the button again when you are connected: nothing is done twice.');
      return;
    }
    if (!answer.ok) {
      back(item, result.error || 'That did not work. Please try again.');
      return;
    }
    for (const refused of result.refused) back(item, refused.text, true);
    if (!result.done.length) return;
    item.remove();
    desk.say(`${past[act]}. ${leftText()}. Undo: U`);
    desk.tell('desk:decided', { batch: result.batch, left: result.left, ids: result.done, words: `${past[act]}.` });
  };

  // The next comments, once all of this page are decided about.
  const refill = async () => {
    if (desk.open().length) return;
    try {
      const page = await desk.page();
      for (const part of ['.tabs', '.desk__summary', '.pager']) {
        const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
        if (old && fresh) old.replaceWith(fresh);
      }
      const fresh = page.querySelector('[data-queue]');
      if (!fresh) {
        const empty = page.querySelector('main .comments__state');
        empty.tabIndex = -1;
        list.after(empty);
        list.hidden = true;
        for (const part of document.querySelectorAll('.bulk, [data-keys], .pager')) part.hidden = true;
        empty.focus();
        desk.say(empty.textContent);
        return;
      }
      left = Number(fresh.dataset.total);
      list.toggleAttribute('data-many', 'many' in fresh.dataset);
      list.replaceChildren(...fresh.children);
      desk.tell('desk:cards');
      (desk.open()[0] || desk.cards()[0]).focus();
    } catch {
      desk.say('All of this page are done. Load it again for the next ones.');
    }
  };

  list.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-decide]');
    const button = event.submitter;
    if (!form || !button || event.defaultPrevented) return;
    event.preventDefault();
    const item = form.closest('li');
    if (item.hidden) return;
    const act = button.value;
    const rule = form.elements.rule;
    if (act === 'remove' && rule && !rule.value) {
      desk.say('Choose the house rule that it breaks.');
      rule.setAttribute('aria-invalid', 'true');
      rule.focus();
      return;
    }
    const body = new URLSearchParams(new FormData(form, button));
    const cards = desk.cards();
    const at = cards.findIndex((card) => item.contains(card));
    item.hidden = true;
    for (const tick of item.querySelectorAll('[data-tick]')) tick.checked = false;
    left--;
    const next = cards[at + 1] || cards[at - 1];
    if (next) next.focus();
    desk.line(() => send(item, form.dataset.decide, act, body));
    if (!desk.open().length) desk.line(refill);
  });

  // Cards that come back by an undo.
  document.addEventListener('desk:undone', (event) => { left += event.detail.count; });

  // Several at once go the plain way, after everything that was sent before.
  const bulk = document.querySelector('form[data-bulk]');
  bulk.addEventListener('submit', (event) => {
    if (!desk.waiting) return;
    event.preventDefault();
    desk.last.then(() => bulk.requestSubmit(event.submitter));
  });
}
