// Undo: the seconds left run down beside the button; in the queue the last
// decision is taken back in place, and its cards come back where they were.
{
  const done = []; // what was decided here, latest last

  const tick = () => {
    for (const span of document.querySelectorAll('[data-left]')) {
      const until = Number(span.dataset.until || (span.dataset.until = Date.now() + Number(span.dataset.left) * 1000));
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left > 0) span.textContent = `for ${left} more ${left === 1 ? 'second' : 'seconds'}`;
      else span.closest('form').remove();
    }
  };
  if (document.querySelector('.batch') || desk.list) setInterval(tick, 1000);

  // The line above the list, as the server writes it.
  const show = (batch) => {
    let box = document.getElementById('decided');
    if (!batch) {
      if (box) box.remove();
      return;
    }
    if (!box) {
      box = document.createElement('div');
      box.className = 'notice batch';
      box.id = 'decided';
      document.querySelector('[data-said]').after(box);
    }
    const words = document.createElement('p');
    words.textContent = batch.words;
    const form = document.createElement('form');
    form.method = 'post';
    form.action = `/moderation/batches/${batch.batch}/undo`;
    form.dataset.undo = batch.batch;
    const button = document.createElement('button');
    button.className = 'button button--quiet';
    button.textContent = 'Undo';
    const left = document.createElement('span');
    left.className = 'field__hint';
    left.dataset.left = batch.left;
    left.dataset.until = batch.until;
    form.append(button, left);
    box.replaceChildren(words, form);
    tick();
  };

  const restore = async (ids) => {
    const page = await desk.page();
    let first;
    for (const id of ids) {
      const fresh = page.getElementById(`case-${id}`);
      if (!fresh || document.getElementById(fresh.id)) continue;
      let after = fresh.nextElementSibling;
      while (after && !document.getElementById(after.id)) after = after.nextElementSibling;
      const place = after && document.getElementById(after.id);
      if (place) place.before(fresh); else desk.list.append(fresh);
      first = first || fresh.querySelector('[data-case]');
    }
    desk.tell('desk:cards');
    if (first) first.focus();
  };

  const undo = async (batch) => {
    let answer, result;
    try {
      answer = await fetch(`/moderation/batches/${batch.batch}/undo`, { method: 'POST', body: new URLSearchParams(), credentials: 'same-origin', headers: { Accept: 'application/json' } });
      result = await answer.json();
    } catch {
      done.push(batch);
      desk.say('This did not get through. Try again while there is time.');
      return;
    }
    if (!answer.ok) {
      desk.say(result.error || 'That did not work.');
      return;
    }
    desk.tell('desk:undone', { count: batch.ids.length });
    desk.say('Taken back.');
    show(done[done.length - 1]);
    try { await restore(batch.ids); } catch { desk.say('Taken back. Load the page again to see it.'); }
  };

  if (desk.list) {
    document.addEventListener('desk:decided', (event) => {
      const batch = { ...event.detail, until: Date.now() + event.detail.left * 1000 };
      done.push(batch);
      show(batch);
    });
    document.addEventListener('desk:undo', () => {
      // Behind everything on its way: the last decision may be among it.
      desk.line(async () => {
        const batch = done.pop();
        if (batch) { await undo(batch); return; }
        const form = document.querySelector('form[data-undo]');
        if (form) form.submit(); else desk.say('There is nothing to undo.');
      });
    });
    document.addEventListener('submit', (event) => {
      const form = event.target.closest('form[data-undo]');
      if (!form || !done.length || String(done[done.length - 1].batch) !== form.dataset.undo) return;
      event.preventDefault();
      desk.tell('desk:undo');
    });
  }
}
