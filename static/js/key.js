// Single keys in the queue. They work only outside fields, can be switched off
// (WCAG 2.1.4), and press the same buttons as a mouse does.
if (desk.list) {
  const help = document.querySelector('[data-keys]');
  const on = document.querySelector('[data-keys-on]');
  const place = 'desk-keys';
  try { on.checked = localStorage.getItem(place) !== 'off'; } catch { /* kept for this page only */ }
  help.hidden = false;

  const hints = { approve: 'A', restore: 'A', hold: 'H', pick: 'F', unpick: 'F', remove: 'R' };
  const mark = () => {
    for (const button of desk.list.querySelectorAll('button[name=act]')) {
      const key = hints[button.value];
      let hint = button.querySelector('kbd');
      if (!on.checked) {
        if (hint) hint.remove();
        button.removeAttribute('aria-keyshortcuts');
      } else if (!hint) {
        hint = document.createElement('kbd');
        hint.textContent = key;
        hint.setAttribute('aria-hidden', 'true');
        button.append(hint);
        button.setAttribute('aria-keyshortcuts', key);
      }
    }
  };
  on.addEventListener('change', () => {
    try { localStorage.setItem(place, on.checked ? 'on' : 'off'); } catch { /* as above */ }
    mark();
  });
  document.addEventListener('desk:cards', mark);
  mark();

  const here = () => {
    const card = document.activeElement.closest && document.activeElement.closest('[data-case]');
    return card && desk.list.contains(card) ? card : null;
  };
  const go = (step) => {
    const cards = desk.cards();
    const at = cards.indexOf(here());
    const next = at < 0 ? cards[0] : cards[at + step];
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  };
  const press = (...acts) => {
    const card = here();
    // Without a card in hand the key takes one up first, and decides nothing.
    if (!card) { go(1); return; }
    if (!card.querySelector('form[data-decide]')) {
      go(1);
      desk.say('That one is for somebody else to decide.');
      return;
    }
    for (const act of acts) {
      const button = card.querySelector(`button[name=act][value=${act}]`);
      if (button) { button.form.requestSubmit(button); return; }
    }
  };
  const choose = () => {
    const card = here();
    if (!card) { go(1); return; }
    const rule = card.querySelector('select[name=rule]');
    if (!rule) return;
    rule.dataset.armed = '';
    rule.focus();
    desk.say('Remove: press 1 to 7 for the house rule, Escape to leave it.');
  };

  desk.list.addEventListener('focusout', (event) => { if (event.target.dataset) delete event.target.dataset.armed; });

  document.addEventListener('keydown', (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const at = event.target;
    if (at.matches('select[name=rule]') && 'armed' in at.dataset) {
      if (event.key === 'Escape') {
        event.preventDefault();
        at.value = '';
        at.closest('[data-case]').focus();
        desk.say('');
      } else if (/^[1-9]$/.test(event.key) && at.options[Number(event.key)]) {
        event.preventDefault();
        at.selectedIndex = Number(event.key);
        at.form.requestSubmit(at.form.querySelector('button[value=remove]'));
      }
      return;
    }
    if (at.matches('textarea, select, input:not([type=checkbox])') || at.isContentEditable) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const moves = { j: () => go(1), ArrowDown: () => go(1), k: () => go(-1), ArrowUp: () => go(-1) };
    const acts = {
      a: () => press('approve', 'restore'), h: () => press('hold'), f: () => press('pick', 'unpick'), r: choose,
      x: () => { const tick = here() && here().querySelector('[data-tick]'); if (tick) tick.click(); else go(1); },
      u: () => desk.tell('desk:undo'),
      '?': () => { help.open = !help.open; if (help.open) help.querySelector('summary').focus(); },
    };
    // Arrows scroll the page unless a card is in hand.
    if (moves[key] && (key.length === 1 || here())) {
      event.preventDefault();
      moves[key]();
    } else if (acts[key] && !event.repeat) {
      event.preventDefault();
      acts[key]();
    }
  });
}
