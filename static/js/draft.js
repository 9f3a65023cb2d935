// Drafts: what is typed into a form that names its draft is kept on this
// device a second later, comes back into the empty form, and is forgotten once
// the comment stands in the page, or after 14 days, or on logging out.
{
  const prefix = 'draft ', days = 14;
  const fieldOf = (form) => form.querySelector('textarea');
  const answered = (form) => form.elements.parent ? form.elements.parent.value : '';
  const nameOf = (form) => prefix + form.dataset.draft + ' ' + answered(form);
  const forget = (form) => { clearTimeout(wait); save = null; localStorage.removeItem(nameOf(form)); };
  const all = () => Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  let wait, save = null;

  const keep = (form) => {
    const name = nameOf(form), { value: words, defaultValue: base } = fieldOf(form);
    const key = form.elements.key ? form.elements.key.value : '';
    if (words.trim() && words !== base) localStorage.setItem(name, JSON.stringify({ words, base, key, at: Date.now() }));
    else localStorage.removeItem(name);
  };
  const flush = () => {
    clearTimeout(wait);
    if (save) try { save(); } catch { /* no room, or not allowed: then there is no draft */ }
    save = null;
  };

  const line = (form, words, control) => {
    const p = Object.assign(document.createElement('p'), { className: 'notice' });
    p.setAttribute('role', 'status');
    p.append(words + ' ', control);
    const label = form.querySelector('label');
    (label.closest('.field') || label).before(p);
    return p;
  };
  const restore = (form) => {
    const draft = read(nameOf(form)), field = fieldOf(form);
    if (!draft) return;
    if (form.elements.kept) return forget(form);
    if (field.value.trim() && field.value !== draft.base || field.value === draft.words) return;
    const empty = field.value;
    field.value = draft.words;
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button--plain', textContent: 'Discard' });
    const said = line(form, 'What you had typed here is back; it was not sent.', button);
    button.addEventListener('click', () => {
      forget(form);
      field.value = empty;
      said.remove();
      field.focus();
    });
  };

  try {
    for (const name of all()) {
      const draft = read(name);
      // A report was sent when its button is gone from the comment.
      const [, errand, id] = /^draft (\/comments\/(\d+)\/\w+) $/.exec(name) || [];
      if (!draft || draft.at < Date.now() - days * 864e5
        || draft.key && document.querySelector(`[data-key="${CSS.escape(draft.key)}"]`)
        || errand && document.getElementById('comment-' + id) && !document.querySelector(`[formaction="${errand}"]`)) localStorage.removeItem(name);
    }
    for (const form of document.querySelectorAll('form[data-draft]')) {
      restore(form);
      if (!form.matches('.compose')) continue;
      // Replies that were begun on this story, elsewhere in its thread.
      const begun = prefix + form.dataset.draft + ' ';
      for (const name of all()) {
        const id = name.startsWith(begun) && name.slice(begun.length);
        if (!id || id === answered(form)) continue;
        const link = Object.assign(document.createElement('a'), { href: `${form.dataset.draft}?reply=${id}#write`, textContent: 'Go on with it' });
        line(form, 'You began a reply that was not sent.', link);
      }
    }
    document.addEventListener('input', (event) => {
      const form = event.target.form;
      if (!form || !('draft' in form.dataset) || event.target !== fieldOf(form)) return;
      clearTimeout(wait);
      save = () => keep(form);
      wait = setTimeout(flush, 1000);
    });
    document.addEventListener('turning', flush);
    document.addEventListener('turned', (event) => {
      const form = event.target.closest('form[data-draft]');
      if (form) restore(form);
    });
    document.addEventListener('stored', (event) => forget(event.target));
    document.addEventListener('submit', (event) => {
      if (event.target.matches('form[action="/logout"]')) for (const name of all()) localStorage.removeItem(name);
    });
    document.addEventListener('visibilitychange', flush);
    addEventListener('pagehide', flush);
  } catch { /* a browser that lets nothing be kept */ }
}
